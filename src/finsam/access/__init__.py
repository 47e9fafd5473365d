"""Who may do what: users, organisations, roles, the audit trail and the read log."""
