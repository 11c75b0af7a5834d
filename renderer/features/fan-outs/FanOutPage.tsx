import { plural, t } from '@lingui/core/macro'
import { Button, Group, Table, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { FanOut, FanOutHost } from '../../../contract/shapes/fan-out.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { ActorName } from '../../components/ActorName.tsx'
import { ButtonLink } from '../../components/ButtonLink.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { FactList } from '../../components/FactList.tsx'
import { formatCount } from '../../components/format.ts'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { Page } from '../../components/Page.tsx'
import { Section, SectionCard } from '../../components/SectionCard.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { RelativeTime } from '../../components/Timestamp.tsx'
import { useTrail } from '../../components/trail.tsx'
import classes from './FanOut.module.css'
import { badgeOf, failedHosts, hostStateWord, remarkOn, whatWords } from './fan-out-words.ts'
import { useFanOut } from './use-fan-out.ts'

/** One restore on several hosts, as it goes on and after it has ended: what came of it on each. */
export function FanOutPage({ fanOutId }: { readonly fanOutId: string }): ReactElement {
  useTrail([{ label: t`On several hosts`, path: '/fan-outs' }, { label: t`Restore` }])
  const followed = useFanOut(fanOutId)
  const fanOut = followed.value
  return (
    <Page
      title={t`Restore on several hosts`}
      about={fanOut !== null && <StateBadge state={fanOut.state} />}
      actions={fanOut !== null && <Actions fanOut={fanOut} />}
    >
      <SectionCard>
        {fanOut === null ? (
          followed.state === 'failed' ? (
            <ErrorState description={describeError(followed.error)} onRetry={followed.again} />
          ) : (
            <LoadingRows label={t`Loading`} columns="1fr 1fr 2fr" />
          )
        ) : (
          <Told fanOut={fanOut} />
        )}
      </SectionCard>
    </Page>
  )
}

function Actions({ fanOut }: { readonly fanOut: FanOut }): ReactElement {
  const client = useClient()
  const stop = useMutation({
    mutationFn: (when: 'between' | 'now') => client.fanOuts.cancel({ fanOutId: fanOut.id, when }),
  })
  if (fanOut.endedAt === null) {
    return (
      <Group gap="xs">
        <Button
          variant="default"
          loading={stop.isPending}
          onClick={() => stop.mutate('between')}
        >{t`Start no further hosts`}</Button>
        <Button
          variant="outline"
          color="red"
          loading={stop.isPending}
          onClick={() => stop.mutate('now')}
        >{t`Cancel all now`}</Button>
      </Group>
    )
  }
  const failed = failedHosts(fanOut)
  if (failed.length === 0) return <></>
  return (
    <ButtonLink variant="default" to="/fan-outs/$fanOutId/retry" params={{ fanOutId: fanOut.id }}>
      {plural(failed.length, { one: 'Try again on # host', other: 'Try again on # hosts' })}
    </ButtonLink>
  )
}

function Told({ fanOut }: { readonly fanOut: FanOut }): ReactElement {
  const { request, startedBy, startedAt, reason, atOnce, stopAfter, hosts } = fanOut
  return (
    <>
      <Section title={t`What`}>
        <FactList
          facts={[
            { term: t`Restores`, value: whatWords(request) },
            { term: t`Started`, value: <RelativeTime time={startedAt} /> },
            { term: t`By`, value: <ActorName actor={startedBy} /> },
            { term: t`Why`, value: reason === '' ? null : reason },
            { term: t`At the same time`, value: plural(atOnce, { one: '# host', other: '# hosts' }) },
            {
              term: t`Stops after`,
              value: stopAfter === null ? null : plural(stopAfter, { one: '# failure', other: '# failures' }),
            },
          ]}
        />
      </Section>
      <Section title={t`Hosts`} aside={<Text c="dimmed">{formatCount(hosts.length)}</Text>}>
        <div className={classes['scroller']}>
          <Table aria-label={t`Outcome on each host`} verticalSpacing={5} className={classes['table'] ?? ''}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t`Host`}</Table.Th>
                <Table.Th>{t`State`}</Table.Th>
                <Table.Th>{t`Details`}</Table.Th>
                <Table.Th>{t`Run`}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {hosts.map((host) => (
                <HostRow key={host.hostId} host={host} />
              ))}
            </Table.Tbody>
          </Table>
        </div>
      </Section>
    </>
  )
}

function HostRow({ host }: { readonly host: FanOutHost }): ReactElement {
  const { hostId, name, state, runId } = host
  return (
    <Table.Tr>
      <Table.Td>
        <Text span fw={600}>
          {name}
        </Text>
      </Table.Td>
      <Table.Td>
        <StateBadge state={badgeOf(state)}>{hostStateWord(state)}</StateBadge>
      </Table.Td>
      <Table.Td>{remarkOn(host)}</Table.Td>
      <Table.Td>
        {runId !== null && (
          <ButtonLink
            variant="subtle"
            size="compact-xs"
            ml="-sm"
            my={-3}
            to="/hosts/$hostId/runs/$runId"
            params={{ hostId, runId }}
          >{t`View run`}</ButtonLink>
        )}
      </Table.Td>
    </Table.Tr>
  )
}
