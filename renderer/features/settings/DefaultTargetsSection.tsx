import { t } from '@lingui/core/macro'
import { Button, Drawer, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, type ReactNode, useState } from 'react'
import type { RestoreDefault, RestoreDefaults } from '../../../contract/shapes/restore-default.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { useHosts } from '../../client/hosts-context.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { FileName } from '../../components/FileName.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { Section } from '../../components/SectionCard.tsx'
import { RESTORE_DEFAULTS } from '../restore/index.ts'
import { DefaultTargetForm } from './DefaultTargetForm.tsx'
import { mannerWords } from './default-words.ts'
import classes from './Settings.module.css'

/** Whose is being changed: that of all hosts, of one that has its own, or of one that is still to be chosen. */
export type Changed = 'everywhere' | 'another' | { readonly hostId: string }

/** Where a restore goes and how, until somebody says otherwise on its page. */
export function DefaultTargetsSection(): ReactElement {
  const client = useClient()
  const [changed, setChanged] = useState<Changed | null>(null)
  const kept = useQuery({
    queryKey: RESTORE_DEFAULTS,
    queryFn: ({ signal }) => client.restores.defaults(undefined, { signal }),
  })
  const { data } = kept
  return (
    <Section
      title={t`Where restores go`}
      aside={
        <Button
          variant="default"
          size="compact-sm"
          disabled={data === undefined}
          onClick={() => setChanged('another')}
        >{t`For one host…`}</Button>
      }
    >
      <Text
        c="dimmed"
        mb={4}
      >{t`What the restore page starts with in this workspace. You can choose otherwise each time; in place is never the default.`}</Text>
      {kept.error !== null && (
        <ErrorState description={describeError(kept.error)} onRetry={() => void kept.refetch()} />
      )}
      {kept.isPending && <LoadingRows label={t`Loading where restores go`} rows={2} columns="1fr 3fr" />}
      {data !== undefined && <List defaults={data} onChange={setChanged} />}
      <Drawer
        opened={changed !== null}
        onClose={() => setChanged(null)}
        title={<Text fw={650}>{t`Where restores go`}</Text>}
        closeButtonProps={{ 'aria-label': t`Close` }}
      >
        {changed !== null && data !== undefined && (
          <DefaultTargetForm changed={changed} defaults={data} onDone={() => setChanged(null)} />
        )}
      </Drawer>
    </Section>
  )
}

interface ListProps {
  readonly defaults: RestoreDefaults
  onChange(changed: Changed): void
}

function List({ defaults: { everywhere, hosts: own }, onChange }: ListProps): ReactElement {
  const { value: hosts } = useHosts()
  const named = own.map(({ hostId, chosen }) => ({
    hostId,
    chosen,
    name: hosts.find(({ id }) => id === hostId)?.name ?? hostId,
  }))
  return (
    <ul className={classes['keys']} aria-label={t`Where restores go`}>
      <Row
        name={t`All hosts`}
        chosen={everywhere}
        action={
          <Button
            variant="default"
            size="compact-sm"
            aria-label={t`Change for all hosts`}
            onClick={() => onChange('everywhere')}
          >{t`Change…`}</Button>
        }
      />
      {named
        .toSorted((a, b) => a.name.localeCompare(b.name))
        .map(({ hostId, chosen, name }) => (
          <Row
            key={hostId}
            name={name}
            chosen={chosen}
            action={
              <Button
                variant="default"
                size="compact-sm"
                aria-label={t`Change for ${name}`}
                onClick={() => onChange({ hostId })}
              >{t`Change…`}</Button>
            }
          />
        ))}
    </ul>
  )
}

interface RowProps {
  readonly name: string
  readonly chosen: RestoreDefault
  readonly action: ReactNode
}

function Row({ name, chosen, action }: RowProps): ReactElement {
  const { target } = chosen
  return (
    <li>
      <Text span fw={500} className={classes['of'] ?? ''}>
        {name}
      </Text>
      <span className={classes['where']}>
        <span>{target.kind === 'staging' ? t`A fresh folder` : <FileName name={target.path} />}</span>
        <Text span size="xs" c="dimmed">
          {mannerWords(chosen)}
        </Text>
      </span>
      {action}
    </li>
  )
}
