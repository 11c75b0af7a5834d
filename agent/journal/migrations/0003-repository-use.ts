/**
 * What a backup of a repository takes (JSON, null while nobody said), and whether the repository was ever opened. Of those
 * that are known already, one that a run has succeeded with was.
 */
export const repositoryUse = `
ALTER TABLE repositories ADD COLUMN backup TEXT;
ALTER TABLE repositories ADD COLUMN opened_before INTEGER NOT NULL DEFAULT 0;
UPDATE repositories SET opened_before = 1
WHERE id IN (SELECT repository_id FROM runs WHERE state IN ('succeeded', 'partial'));
`
