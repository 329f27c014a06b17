"""The demo company «Suministros La Ficticia»: generated, with its truth stored beside it, removable."""
