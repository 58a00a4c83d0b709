"""What came of a consultation, in numbers of which none can point at anybody."""
