"""The newspaper: writing it, subscribing, sending it."""
