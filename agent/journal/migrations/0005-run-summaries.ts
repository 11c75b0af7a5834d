/**
 * Of each run what lists and other machines are told, without what can be long, under the number of its last change: a run
 * that changes gets a new number, and none is ever given twice. What is missing is made when the journal is opened.
 */
export const runSummaries = `
CREATE TABLE run_summaries (
  change INTEGER PRIMARY KEY AUTOINCREMENT,
  run INTEGER NOT NULL UNIQUE,
  body TEXT NOT NULL
) STRICT;
`
