"""What the portal's figures stand beside, each written as its own documentation says."""
