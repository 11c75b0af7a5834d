import { setImmediate as breathe } from 'node:timers/promises'
import { z } from 'zod'
import { fileNameSchema } from '../../contract/shapes/file-name.ts'
import { repositoryAccessSchema } from '../../contract/shapes/repository.ts'
import { restoreMannerSchema } from '../../contract/shapes/restore.ts'
import { snapshotIdSchema } from '../../contract/shapes/snapshot.ts'
import { treeIdSchema } from '../../contract/shapes/tree.ts'
import { PlanItems } from '../../engine/restore/plan-items.ts'
import type { WriteRequest } from './restore-writer.ts'

/** What a restore is, as far as it can be told to another process. */
export type RestoreOrder = Pick<WriteRequest, 'repository' | 'prepared' | 'target' | 'manner' | 'folders'>

const text = z.string()
const count = z.number().int().nonnegative()
const number = z.number()

const patternsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('everything') }),
  z.object({ kind: z.enum(['include', 'exclude']), paths: z.array(fileNameSchema) }),
])

const passSchema = z.object({
  source: number,
  snapshotId: snapshotIdSchema,
  snapshotTime: text,
  base: fileNameSchema,
  treeId: treeIdSchema,
  folder: fileNameSchema,
  patterns: patternsSchema,
  byExcerpt: z.boolean(),
  overwrite: z.enum(['always', 'if-changed', 'if-newer', 'never']),
  isPrivate: z.boolean(),
  items: count,
})

const folderSchema = z.object({ path: fileNameSchema, mode: count, uid: count, gid: count, modifiedMs: number })

const headSchema = z.object({
  repository: z.object({
    restic: z.object({ path: text, version: text }),
    access: repositoryAccessSchema,
    cacheDirectory: text,
    mark: z.record(text, text),
  }),
  target: z.object({ path: fileNameSchema, free: number.nullable(), fresh: z.boolean() }),
  manner: restoreMannerSchema,
  prepared: z.object({
    hash: text,
    files: count,
    bytes: number,
    commands: z.array(text),
    writablePaths: z.array(fileNameSchema),
    free: number.nullable(),
    tops: z.array(fileNameSchema).nullable(),
    unreadable: z.array(fileNameSchema),
  }),
  /** How many of each follow: an order that breaks off is none. */
  passes: count,
  folders: count,
  items: count,
})

const portionSchema = z.object({
  folders: z.array(fileNameSchema),
  folder: z.array(count),
  name: z.array(fileNameSchema),
  type: z.array(count),
  action: z.array(count),
  differs: z.array(count),
  source: z.array(number),
  size: z.array(number),
  mode: z.array(count),
  uid: z.array(count),
  gid: z.array(count),
  modified: z.array(number),
  comesAs: z.array(fileNameSchema.nullable()),
})

const lineSchema = z.union([
  z.object({ pass: passSchema }),
  z.object({ saved: z.array(folderSchema) }),
  z.object({ items: portionSchema }),
])

/** Items in one line: text has a limit, a plan has a million of them, and others have their turn between two lines. */
const PORTION = 5000

/**
 * An order as standard input carries it, secrets included: a line of JSON with what it is, then as many as it takes with
 * restic's calls, folders and items. It is made as it is read, so that no more of it is in memory than a line.
 */
export async function* writeOrder(order: RestoreOrder): AsyncGenerator<Uint8Array> {
  const { prepared, repository, target, manner, folders } = order
  const { restic, access, cacheDirectory, mark } = repository
  const { items, passes, totals: _, ...rest } = prepared
  yield lineOf({
    repository: { restic, access, cacheDirectory, mark },
    target,
    manner,
    prepared: rest,
    passes: passes.length,
    folders: folders.length,
    items: items.length,
  })
  for (const pass of passes) yield lineOf({ pass })
  for (let at = 0; at < folders.length; at += PORTION) yield lineOf({ saved: folders.slice(at, at + PORTION) })
  for (const portion of items.portions(PORTION)) {
    yield lineOf({ items: portion })
    await breathe()
  }
}

/** The order that was written so. Throws `SyntaxError`, `ZodError` or `RangeError` for what is none, or not all of one. */
export async function readOrder(bytes: AsyncIterable<Uint8Array>): Promise<RestoreOrder> {
  let head: z.infer<typeof headSchema> | undefined
  const passes: z.infer<typeof passSchema>[] = []
  const folders: z.infer<typeof folderSchema>[] = []
  const items = new PlanItems()
  for await (const line of linesOf(bytes)) {
    if (head === undefined) {
      head = headSchema.parse(line)
      continue
    }
    const part = lineSchema.parse(line)
    if ('pass' in part) passes.push(part.pass)
    else if ('saved' in part) folders.push(...part.saved)
    else items.addPortion(part.items)
  }
  if (head === undefined) throw new RangeError('There is no order on standard input.')
  const isWhole = head.passes === passes.length && head.folders === folders.length && head.items === items.length
  if (!isWhole) throw new RangeError(`The order breaks off after ${items.length} of ${head.items} items.`)
  const { repository, target, manner, prepared } = head
  return { repository, target, manner, folders, prepared: { ...prepared, passes, items, totals: items.totals() } }
}

function lineOf(value: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(value)}\n`)
}

/** Each whole line as the value that it writes. */
async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<unknown> {
  let begun: Uint8Array[] = []
  for await (const chunk of bytes) {
    let start = 0
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, start)) {
      yield JSON.parse(Buffer.concat([...begun, chunk.subarray(start, end)]).toString('utf8'))
      begun = []
      start = end + 1
    }
    if (start < chunk.length) begun.push(chunk.subarray(start))
  }
}
