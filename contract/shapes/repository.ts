import { z } from 'zod'
import { REFUSALS } from '../refusals.ts'
import { fileNameSchema } from './file-name.ts'

/** What opens a repository. The only shape that carries secrets; it travels towards the agent and never back. */
export const repositoryAccessSchema = z.object({
  /** As restic takes it: a local path, `rest:`, `s3:`, `sftp:` … without user name and password. */
  url: z.string().trim().min(1, REFUSALS.repository_missing).max(4096),
  /** User of the REST server, or access key of an S3 store; empty where there is none. */
  username: z.string().max(1024),
  /** Password of the REST server, or secret key of an S3 store; empty where there is none. */
  serverPassword: z.string().max(4096),
  /** The repository's own password. */
  password: z.string().max(4096),
})
export type RepositoryAccess = z.infer<typeof repositoryAccessSchema>

/** What a backup takes: absolute paths of the host, without what fits the patterns (as restic's `--exclude`). */
export const backupSetSchema = z.object({
  paths: z.array(fileNameSchema.regex(/^\//, REFUSALS.path_not_full)).min(1, REFUSALS.backup_missing).max(1000),
  exclude: z.array(z.string().min(1).max(4096)).max(1000),
})
export type BackupSet = z.infer<typeof backupSetSchema>

/** Characters of all patterns together: they are arguments of one program, of which a system takes so many and no more. */
const LONGEST_PATTERNS = 262_144

/** What a backup is to take from now on: of a kind that restic can be told. */
export const newBackupSetSchema = backupSetSchema
  .refine(({ paths, exclude }) => ![...paths, ...exclude].some((text) => text.includes('\0')), 'There is a NUL in it.')
  .refine(({ exclude }) => exclude.join('').length <= LONGEST_PATTERNS, {
    path: ['exclude'],
    message: 'These patterns are too long together.',
  })

/** What is to be different; a field that is null stays as it is. */
export const repositoryChangeSchema = z.object({
  repositoryId: z.string(),
  name: z.string().trim().min(1).max(200).nullable(),
  username: repositoryAccessSchema.shape.username.nullable(),
  serverPassword: repositoryAccessSchema.shape.serverPassword.nullable(),
  password: repositoryAccessSchema.shape.password.nullable(),
})
export type RepositoryChange = z.infer<typeof repositoryChangeSchema>

/** Said by whoever creates a repository where one was before. */
export const reinitialisationSchema = z.object({
  /** The host's name, typed: the one that its agent says. */
  hostname: z.string(),
  reason: z.string().trim().min(3, REFUSALS.reason_missing).max(500),
})
export type Reinitialisation = z.infer<typeof reinitialisationSchema>

/** A repository as anyone may see it: nothing secret is in it. */
export const repositoryViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  username: z.string().nullable(),
  hasPassword: z.boolean(),
  /** Made by the console to be tried out. */
  sample: z.boolean(),
  /** What a backup that is started from the console takes; null while nobody said. */
  backup: backupSetSchema.nullable(),
  /** It was opened before: creating it anew would hide that what was in it is gone. */
  openedBefore: z.boolean(),
  addedAt: z.iso.datetime(),
})
export type RepositoryView = z.infer<typeof repositoryViewSchema>

/** What a successful test found. */
export const repositoryProbeSchema = z.object({
  snapshots: z.number().int().nonnegative(),
  /** Someone else holds an exclusive lock: browsing works, a restore waits for it. */
  lockedBy: z.string().nullable(),
})
export type RepositoryProbe = z.infer<typeof repositoryProbeSchema>
