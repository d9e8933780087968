/** What an admin decided about the organisation: beside the decisions, under the same promises. */
export const sql = `
CREATE TABLE orgEdits(
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  editId TEXT NOT NULL UNIQUE,
  recordId TEXT NOT NULL,
  contentJson TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN (
    'queued', 'sending', 'unknown', 'applied', 'rejected', 'conflict', 'superseded', 'cancelled')),
  attempt INTEGER NOT NULL,
  isDoubtful INTEGER NOT NULL CHECK (isDoubtful IN (0, 1)),
  isSettled INTEGER NOT NULL CHECK (isSettled IN (0, 1)),
  isSeen INTEGER NOT NULL CHECK (isSeen IN (0, 1)),
  reasonsJson TEXT NOT NULL,
  theirsJson TEXT,
  changedBy TEXT,
  theirsAt INTEGER,
  changedAt INTEGER NOT NULL
) STRICT;
CREATE INDEX orgEditsUnsettled ON orgEdits(seq) WHERE isSettled = 0;

CREATE TRIGGER orgEditStays BEFORE UPDATE OF seq, editId, recordId, contentJson ON orgEdits
BEGIN SELECT raise(ABORT, 'an edit is never rewritten'); END;
CREATE TRIGGER orgEditEnds BEFORE UPDATE OF state ON orgEdits
WHEN OLD.state IN ('applied', 'rejected', 'superseded', 'cancelled') AND NEW.state <> OLD.state
BEGIN SELECT raise(ABORT, 'a finished edit stays finished'); END;
CREATE TRIGGER orgEditIsKept BEFORE DELETE ON orgEdits
BEGIN SELECT raise(ABORT, 'an edit is never deleted'); END;
`
