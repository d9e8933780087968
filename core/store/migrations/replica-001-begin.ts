/**
 * What the backend said: may be thrown away at any moment. `clientCases` and `closedCases` are
 * indexes by client and by closing, as tables so that the first load can fill them in order, slice
 * by slice (fill-side-tables.ts): row by row they would make that load several times as long, and
 * CREATE INDEX would keep the head waiting.
 */
export const sql = `
CREATE TABLE cases(
  id INTEGER PRIMARY KEY,
  caseId TEXT NOT NULL UNIQUE,
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
  version INTEGER NOT NULL
) STRICT;
CREATE INDEX casesOpen ON cases(responsibleId) WHERE status <> 'closed';

CREATE TABLE clientCases(
  clientId TEXT NOT NULL,
  id INTEGER NOT NULL,
  employeeId TEXT NOT NULL,
  closedAt INTEGER,
  PRIMARY KEY (clientId, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE closedCases(
  closedAt INTEGER NOT NULL,
  id INTEGER NOT NULL,
  employeeId TEXT NOT NULL,
  PRIMARY KEY (closedAt, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE caseTexts(
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL,
  phonesJson TEXT NOT NULL,
  emailsJson TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE caseSearch USING fts5(
  words, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0');
INSERT INTO caseSearch(caseSearch, rank) VALUES ('automerge', 0);
INSERT INTO caseSearch(caseSearch, rank) VALUES ('usermerge', 16);
INSERT INTO caseSearch(caseSearch, rank) VALUES ('crisismerge', 1999);

CREATE TABLE departments(
  departmentId TEXT NOT NULL PRIMARY KEY,
  parentId TEXT,
  name TEXT NOT NULL,
  defaultLimit REAL,
  hoursPerPoint REAL,
  zone TEXT
) STRICT;

CREATE TABLE posts(
  postId TEXT NOT NULL PRIMARY KEY,
  departmentId TEXT NOT NULL,
  name TEXT NOT NULL,
  employeeId TEXT,
  isHead INTEGER NOT NULL
) STRICT;

CREATE TABLE employees(
  employeeId TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  isExternal INTEGER NOT NULL,
  isDismissed INTEGER NOT NULL,
  "limit" REAL,
  kindLimitsJson TEXT NOT NULL,
  skillsJson TEXT NOT NULL,
  weekJson TEXT,
  isDayOpen INTEGER,
  lastAssignedAt INTEGER
) STRICT;

CREATE TABLE absences(
  absenceId TEXT NOT NULL PRIMARY KEY,
  employeeId TEXT NOT NULL,
  kind TEXT NOT NULL,
  fromAt INTEGER NOT NULL,
  untilAt INTEGER NOT NULL
) STRICT;

CREATE TABLE substitutions(
  substitutionId TEXT NOT NULL PRIMARY KEY,
  employeeId TEXT NOT NULL,
  substituteId TEXT NOT NULL,
  fromAt INTEGER NOT NULL,
  untilAt INTEGER NOT NULL
) STRICT;

CREATE TABLE kinds(
  kindId TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  weight REAL NOT NULL,
  departmentId TEXT,
  doesWaitingStopClock INTEGER NOT NULL
) STRICT;

CREATE TABLE clients(
  clientId TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  responsibleId TEXT
) STRICT;

CREATE TABLE history(
  caseId TEXT NOT NULL,
  historyId TEXT NOT NULL,
  at INTEGER NOT NULL,
  employeeId TEXT,
  decisionId TEXT,
  verb TEXT NOT NULL,
  fromJson TEXT NOT NULL,
  toJson TEXT NOT NULL,
  ruleId TEXT,
  ruleVersion INTEGER,
  reasonsJson TEXT NOT NULL,
  PRIMARY KEY (caseId, historyId)
) STRICT, WITHOUT ROWID;

CREATE TABLE stream(
  id INTEGER PRIMARY KEY CHECK (id = 1),
  cursor TEXT,
  epoch TEXT,
  freshAt INTEGER,
  isLoaded INTEGER NOT NULL,
  isRestarting INTEGER NOT NULL,
  searchedUpTo INTEGER NOT NULL,
  isTidy INTEGER NOT NULL,
  restarts INTEGER NOT NULL
) STRICT;
INSERT INTO stream VALUES (1, NULL, NULL, NULL, 0, 0, 0, 0, 0);

CREATE TABLE searchQueue(id INTEGER PRIMARY KEY) STRICT;

CREATE TABLE restartSeen(
  entity TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (entity, id)
) STRICT, WITHOUT ROWID;
`
