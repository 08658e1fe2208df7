"""The clinic's own list of devices, cartridges and products, with their lots."""
