import { Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { isFault } from '../../../contract/errors.ts'
import type { NodeDetails } from '../../../contract/shapes/tree.ts'
import { describeError } from '../../client/describe-fault.ts'
import { type Fact, FactList } from '../../components/FactList.tsx'
import { FileName } from '../../components/FileName.tsx'
import { formatBytes, formatCount, formatExact } from '../../components/format.ts'
import type { TreeStore } from '../../components/tree/tree-store.ts'
import type { SnapshotKey } from '../basket/index.ts'
import classes from './Browse.module.css'
import { deviceWords, ownerWords } from './node-words.ts'
import { useNodeDetails } from './use-node-details.ts'

/** What the listing leaves out: owner, other times, links, attributes, and what went wrong when it was backed up. */
export function NodeMore({ place, tree }: { readonly place: SnapshotKey; readonly tree: TreeStore }): ReactElement {
  const { details, error } = useNodeDetails(place, tree)
  if (details === undefined)
    return (
      <Text c="dimmed" size="sm">
        {error === null ? '' : missing(error)}
      </Text>
    )
  return (
    <div className={classes['more']}>
      {details.error !== '' && (
        <Text c="var(--state-partial)" size="sm">
          When it was backed up: <FileName name={details.error} plain />
        </Text>
      )}
      <FactList facts={factsOf(details)} />
    </div>
  )
}

function missing(error: unknown): string {
  if (isFault(error, 'unreachable')) return 'Owner and other details are not known while the repository is away.'
  const { title, nextStep } = describeError(error)
  return `${title}. ${nextStep}`
}

function factsOf(details: NodeDetails): readonly Fact[] {
  const { accessed, changed, links, inode, device, attributes, pieces, type } = details
  const moment = (time: string | null): string | null => (time === null ? null : formatExact(new Date(time)))
  return [
    { term: 'Owner', value: <FileName name={ownerWords(details)} /> },
    { term: 'Accessed', value: moment(accessed) },
    { term: 'Changed', value: moment(changed) },
    { term: 'Names', value: links > 1 && type !== 'dir' ? formatCount(links) : null },
    { term: 'Inode', value: inode === '0' ? null : <FileName name={inode} /> },
    { term: 'Device', value: device === null ? null : <FileName name={deviceWords(device)} /> },
    { term: 'Pieces', value: type === 'file' ? formatCount(pieces) : null },
    {
      term: 'Attributes',
      value: attributes.length === 0 ? null : <Attributes attributes={attributes} />,
    },
  ]
}

function Attributes({ attributes }: Pick<NodeDetails, 'attributes'>): ReactElement {
  return (
    <>
      {attributes.map(({ name, bytes }) => (
        <div key={name}>
          <FileName name={name} /> · {formatBytes(bytes)}
        </div>
      ))}
    </>
  )
}
