"""From one neutral list of parts to the web page, the e-mail and its plain text."""
