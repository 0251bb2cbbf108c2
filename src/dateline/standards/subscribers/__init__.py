"""Lists of subscribers as files: Ghost, Mailchimp, listmonk, plain CSV, and our own."""
