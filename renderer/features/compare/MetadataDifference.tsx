import { t } from '@lingui/core/macro'
import { Table, Text, VisuallyHidden } from '@mantine/core'
import { IconEqualNot } from '@tabler/icons-react'
import { useQueries } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { ConsoleClient } from '../../../contract/console/index.ts'
import { isFault } from '../../../contract/errors.ts'
import { baseName } from '../../../contract/shapes/file-name.ts'
import type { NodeDetails } from '../../../contract/shapes/tree.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import type { RepositoryKey } from '../basket/index.ts'
import { SCROLLS } from '../preview/index.ts'
import classes from './Difference.module.css'
import type { DifferenceColumn } from './difference-columns.ts'
import { metadataFields } from './metadata-fields.ts'
import { NOW, type Sides } from './sides.ts'

export interface MetadataDifferenceProps {
  readonly place: RepositoryKey
  readonly sides: Sides
  readonly path: string
  readonly columns: readonly DifferenceColumn[]
}

/** All that is kept of a path, a column for each side, with the fields marked that differ. */
export function MetadataDifference({ place, sides, path, columns }: MetadataDifferenceProps): ReactElement {
  const client = useClient()
  const read = useQueries({
    queries: columns.map(({ side }, at) => ({
      queryKey: ['compared node', place.hostId, place.repositoryId, side.snapshotId, side.at, path],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        side.at === NOW
          ? nodeNow(client, { ...place, snapshotId: side.snapshotId, path }, signal)
          : nodeIn(client, { ...place, treeId: treeOf(sides, at), path }, signal),
      gcTime: 0,
    })),
  })
  // What the host is now may be beyond reach; the snapshots' sides are what was asked for.
  const failed = read.find(({ error }, at) => error !== null && (columns.length === 2 || at < 2))
  if (failed !== undefined)
    return <ErrorState description={describeError(failed.error)} onRetry={() => void failed.refetch()} />
  if (read.some(({ data, error }) => data === undefined && error === null))
    return <LoadingRows label={t`Reading the metadata`} rows={12} columns="140px 1fr 1fr" />
  const shown = columns.flatMap((column, at) => {
    const node = read[at]?.data
    return node === undefined ? [] : [{ ...column, node, isLive: column.side.at === NOW }]
  })
  const fields = metadataFields(shown)
  return (
    <section className={classes['scrolled']} aria-label={t`Metadata of both sides`} {...SCROLLS}>
      <Table className={classes['record'] ?? ''}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t`Field`}</Table.Th>
            {shown.map(({ title }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two sides may be of one moment.
              <Table.Th key={at}>{title}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {fields.map(({ name, values, differs }) => (
            <Table.Tr key={name} data-differs={differs || undefined}>
              <Table.Th scope="row">
                {differs && <IconEqualNot size={13} aria-hidden="true" />}
                {name}
                {differs && <VisuallyHidden>{t`, differs`}</VisuallyHidden>}
              </Table.Th>
              {values.map((value, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above.
                <Table.Td key={at}>{value ?? <Text c="dimmed">{t`not there`}</Text>}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}

function treeOf({ before, after }: Sides, at: number): string {
  return at === 0 || after === NOW ? before.treeId : after.treeId
}

interface NodeQuery extends RepositoryKey {
  readonly path: string
}

/** The node at a path below a tree; null where there is none. */
async function nodeIn(
  client: ConsoleClient,
  { hostId, repositoryId, treeId, path }: NodeQuery & { readonly treeId: string },
  signal: AbortSignal,
): Promise<NodeDetails | null> {
  const names = path.split('/').slice(1, -1)
  let folder: string | null = treeId
  for (const name of names) {
    if (folder === null) return null
    folder = await folderIn(client, { hostId, repositoryId, treeId: folder, path: name }, signal)
  }
  return folder === null ? null : nodeOf(client, { hostId, repositoryId, treeId: folder, path: baseName(path) }, signal)
}

async function folderIn(
  client: ConsoleClient,
  query: NodeQuery & { readonly treeId: string },
  signal: AbortSignal,
): Promise<string | null> {
  return (await nodeOf(client, query, signal))?.treeId ?? null
}

async function nodeOf(
  client: ConsoleClient,
  { path: name, ...folder }: NodeQuery & { readonly treeId: string },
  signal: AbortSignal,
): Promise<NodeDetails | null> {
  try {
    return await client.tree.node({ ...folder, name }, { signal })
  } catch (error) {
    if (isFault(error, 'not_found') && error.data.what === 'node') return null
    throw error
  }
}

async function nodeNow(
  client: ConsoleClient,
  query: NodeQuery & { readonly snapshotId: string },
  signal: AbortSignal,
): Promise<NodeDetails | null> {
  return (await client.compare.liveNode(query, { signal })).node
}
