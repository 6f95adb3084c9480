"""The one edge to the network: polite, patient, replayable."""
