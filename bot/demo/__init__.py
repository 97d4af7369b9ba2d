"""The demo's story: people, sample files and badges, made through the product's own doors."""
