/**
 * The consoles that this agent knows by their keys, and the codes that let them in. Of a code only its hash is kept: who
 * reads the journal cannot enrol with it. A code that was used stays, so that it can be called used, and by whom.
 */
export const peers = `
CREATE TABLE peers (
  pin TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  workspace TEXT NOT NULL,
  role TEXT NOT NULL,
  permissions TEXT NOT NULL,
  enrolled_at TEXT NOT NULL,
  last_seen_at TEXT
) STRICT;

CREATE TABLE codes (
  hash TEXT PRIMARY KEY,
  workspace TEXT NOT NULL,
  role TEXT NOT NULL,
  permissions TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  used_at TEXT,
  used_by TEXT
) STRICT;
`
