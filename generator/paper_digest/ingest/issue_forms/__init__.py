"""Issues of the archive's repository that ask for something: read, done, and answered."""
