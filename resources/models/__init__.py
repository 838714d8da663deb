"""The networks on board: a manifest, the weight files, and the script that rebuilds every one of them."""
