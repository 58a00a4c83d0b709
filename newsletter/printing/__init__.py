"""From the neutral list of parts to the printed newspaper: A4, A3 to fold, and large print."""
