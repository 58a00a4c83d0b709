"""What holds for the whole site: headers, doors, roles, uploads, rubbish and limits."""
