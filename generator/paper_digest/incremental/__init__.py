"""What is kept between builds: groups, hashes, the manifest, and the site swapped in whole."""
