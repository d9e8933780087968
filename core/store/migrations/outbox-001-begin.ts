/** What the head decided: never rebuilt, changed only by adding. */
export const sql = `
CREATE TABLE decisions(
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  decisionId TEXT NOT NULL UNIQUE,
  actId TEXT NOT NULL,
  caseId TEXT NOT NULL,
  caseNumber TEXT NOT NULL,
  subject TEXT NOT NULL,
  contentJson TEXT NOT NULL,
  dependsOnJson TEXT NOT NULL,
  undoes TEXT,
  state TEXT NOT NULL CHECK (state IN (
    'queued', 'sending', 'unknown', 'applied', 'rejected', 'conflict', 'superseded', 'cancelled')),
  attempt INTEGER NOT NULL,
  dueAt INTEGER NOT NULL,
  isDoubtful INTEGER NOT NULL CHECK (isDoubtful IN (0, 1)),
  isSettled INTEGER NOT NULL CHECK (isSettled IN (0, 1)),
  isSeen INTEGER NOT NULL CHECK (isSeen IN (0, 1)),
  resultVersion INTEGER,
  pagesSince INTEGER NOT NULL,
  code TEXT,
  theirsJson TEXT,
  changedBy TEXT,
  theirsAt INTEGER,
  why TEXT NOT NULL,
  changedAt INTEGER NOT NULL
) STRICT;
CREATE INDEX decisionsOfCase ON decisions(caseId, seq);
CREATE INDEX decisionsOfAct ON decisions(actId);
CREATE INDEX decisionsUnsettled ON decisions(seq, caseId) WHERE isSettled = 0;
CREATE INDEX decisionsUnseen ON decisions(seq) WHERE state = 'rejected' AND isSeen = 0;
CREATE INDEX decisionsUndoing ON decisions(undoes) WHERE undoes IS NOT NULL;

CREATE TRIGGER decisionStays BEFORE UPDATE OF seq, decisionId, actId, caseId, contentJson ON decisions
BEGIN SELECT raise(ABORT, 'a decision is never rewritten'); END;
CREATE TRIGGER decisionEnds BEFORE UPDATE OF state ON decisions
WHEN OLD.state IN ('applied', 'rejected', 'superseded', 'cancelled') AND NEW.state <> OLD.state
BEGIN SELECT raise(ABORT, 'a finished decision stays finished'); END;
CREATE TRIGGER conflictWaits BEFORE UPDATE OF state ON decisions
WHEN OLD.state = 'conflict' AND NEW.state NOT IN ('conflict', 'superseded', 'cancelled')
BEGIN SELECT raise(ABORT, 'only the head ends a conflict'); END;
CREATE TRIGGER decisionIsKept BEFORE DELETE ON decisions
BEGIN SELECT raise(ABORT, 'a decision is never deleted'); END;

CREATE TABLE decisionEvents(
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  decisionId TEXT NOT NULL,
  at INTEGER NOT NULL,
  fromState TEXT,
  toState TEXT NOT NULL,
  why TEXT NOT NULL,
  evidenceJson TEXT
) STRICT;
CREATE TRIGGER eventStays BEFORE UPDATE ON decisionEvents
BEGIN SELECT raise(ABORT, 'events are only added'); END;
CREATE TRIGGER eventIsKept BEFORE DELETE ON decisionEvents
BEGIN SELECT raise(ABORT, 'events are only added'); END;

CREATE TABLE acts(
  actId TEXT NOT NULL PRIMARY KEY,
  verb TEXT NOT NULL,
  labelVerb TEXT NOT NULL,
  target TEXT,
  caseNumber TEXT NOT NULL,
  count INTEGER NOT NULL,
  at INTEGER NOT NULL,
  undoesActId TEXT,
  redoesActId TEXT,
  stack TEXT NOT NULL CHECK (stack IN ('done', 'undone', 'off')),
  position INTEGER NOT NULL
) STRICT;
CREATE INDEX actsStacked ON acts(stack, position) WHERE stack <> 'off';

CREATE TABLE overlay(
  caseId TEXT NOT NULL PRIMARY KEY,
  number TEXT NOT NULL,
  subject TEXT NOT NULL,
  kindId TEXT,
  source TEXT NOT NULL,
  departmentId TEXT,
  responsibleId TEXT,
  clientId TEXT,
  clientName TEXT,
  status TEXT NOT NULL,
  statusName TEXT,
  deferredUntil INTEGER,
  dueAt INTEGER,
  priority INTEGER NOT NULL,
  weight REAL NOT NULL,
  effortMs REAL,
  requiredSkill TEXT,
  createdAt INTEGER NOT NULL,
  updatedAt INTEGER NOT NULL,
  closedAt INTEGER,
  assignedAt INTEGER,
  isMasked INTEGER NOT NULL,
  version INTEGER NOT NULL,
  baseJson TEXT NOT NULL
) STRICT;

CREATE TABLE preferences(name TEXT NOT NULL PRIMARY KEY, valueJson TEXT NOT NULL) STRICT;
`
