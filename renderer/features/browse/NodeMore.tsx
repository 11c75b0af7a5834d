import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
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
          <Trans>
            When it was backed up: <FileName name={details.error} plain />
          </Trans>
        </Text>
      )}
      <FactList facts={factsOf(details)} />
    </div>
  )
}

function missing(error: unknown): string {
  if (isFault(error, 'unreachable')) return t`Owner and other details are not known while the repository is away.`
  const { title, nextStep } = describeError(error)
  return `${title}. ${nextStep}`
}

function factsOf(details: NodeDetails): readonly Fact[] {
  const { accessed, changed, links, inode, device, attributes, pieces, type } = details
  const moment = (time: string | null): string | null => (time === null ? null : formatExact(new Date(time)))
  return [
    { term: t`Owner`, value: <FileName name={ownerWords(details)} /> },
    { term: t`Accessed`, value: moment(accessed) },
    { term: t`Changed`, value: moment(changed) },
    { term: t`Names`, value: links > 1 && type !== 'dir' ? formatCount(links) : null },
    { term: t`Inode`, value: inode === '0' ? null : <FileName name={inode} /> },
    { term: t`Device`, value: device === null ? null : <FileName name={deviceWords(device)} /> },
    { term: t`Pieces`, value: type === 'file' ? formatCount(pieces) : null },
    {
      term: t`Attributes`,
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
