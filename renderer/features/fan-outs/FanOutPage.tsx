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
import { formatNumberOf } from '../../components/format.ts'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { Page } from '../../components/Page.tsx'
import { Section, SectionCard } from '../../components/SectionCard.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { RelativeTime } from '../../components/Timestamp.tsx'
import { useTrail } from '../../components/trail.tsx'
import classes from './FanOut.module.css'
import { badgeOf, failedHosts, remarkOn, whatWords } from './fan-out-words.ts'
import { useFanOut } from './use-fan-out.ts'

/** One restore on several hosts, as it goes on and after it has ended: what came of it on each. */
export function FanOutPage({ fanOutId }: { readonly fanOutId: string }): ReactElement {
  useTrail([{ label: 'On several hosts', path: '/fan-outs' }, { label: 'Restore' }])
  const followed = useFanOut(fanOutId)
  const fanOut = followed.value
  return (
    <Page
      title="Restore on several hosts"
      about={fanOut !== null && <StateBadge state={fanOut.state} />}
      actions={fanOut !== null && <Actions fanOut={fanOut} />}
    >
      <SectionCard>
        {fanOut === null ? (
          followed.state === 'failed' ? (
            <ErrorState description={describeError(followed.error)} onRetry={followed.again} />
          ) : (
            <LoadingRows label="Loading" columns="1fr 1fr 2fr" />
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
        <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate('between')}>
          Begin on no other host
        </Button>
        <Button variant="outline" color="red" loading={stop.isPending} onClick={() => stop.mutate('now')}>
          Cancel all now
        </Button>
      </Group>
    )
  }
  const failed = failedHosts(fanOut)
  if (failed.length === 0) return <></>
  return (
    <ButtonLink variant="default" to="/fan-outs/$fanOutId/retry" params={{ fanOutId: fanOut.id }}>
      Try again on {formatNumberOf(failed.length, 'host')}
    </ButtonLink>
  )
}

function Told({ fanOut }: { readonly fanOut: FanOut }): ReactElement {
  const { request, startedBy, startedAt, reason, atOnce, stopAfter, hosts } = fanOut
  return (
    <>
      <Section title="What">
        <FactList
          facts={[
            { term: 'Restores', value: whatWords(request) },
            { term: 'Started', value: <RelativeTime time={startedAt} /> },
            { term: 'By', value: <ActorName actor={startedBy} /> },
            { term: 'Why', value: reason === '' ? null : reason },
            { term: 'At the same time', value: formatNumberOf(atOnce, 'host') },
            { term: 'Stops after', value: stopAfter === null ? null : formatNumberOf(stopAfter, 'failure') },
          ]}
        />
      </Section>
      <Section title="Hosts" aside={<Text c="dimmed">{hosts.length}</Text>}>
        <div className={classes['scroller']}>
          <Table aria-label="What came of it on each host" verticalSpacing={5} className={classes['table'] ?? ''}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Host</Table.Th>
                <Table.Th>State</Table.Th>
                <Table.Th>What there is to say</Table.Th>
                <Table.Th>Run</Table.Th>
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
        <StateBadge state={badgeOf(state)}>{state === 'passed-over' ? 'not begun' : state}</StateBadge>
      </Table.Td>
      <Table.Td>{remarkOn(host)}</Table.Td>
      <Table.Td>
        {runId !== null && (
          <ButtonLink variant="subtle" size="compact-sm" to="/hosts/$hostId/runs/$runId" params={{ hostId, runId }}>
            View run
          </ButtonLink>
        )}
      </Table.Td>
    </Table.Tr>
  )
}
