import { t } from '@lingui/core/macro'
import { Box, Button, rem, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, type ReactNode, useRef } from 'react'
import { isFault } from '../../../contract/errors.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { useHosts } from '../../client/hosts-context.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Section, SectionCard } from '../../components/SectionCard.tsx'
import { useTrail } from '../../components/trail.tsx'
import { EnrolHostDrawer } from '../enrolment/index.ts'
import { AddRepositoryDrawer } from '../repositories/index.ts'
import { BusyNotice } from '../runs/index.ts'

/** The first day, when there is nothing to restore from yet: three ways in. */
export function WelcomePage(): ReactElement {
  useTrail([{ label: t`Welcome` }])
  const hostId = useHosts().value.find(({ local }) => local)?.id
  const [adding, drawer] = useDisclosure(false)
  const [enrolling, enrolDrawer] = useDisclosure(false)
  const sample = useSample(hostId)
  const { error } = sample
  return (
    <Box p="xl" maw={1040} mx="auto" w="100%">
      <Stack gap={4} my="xl">
        <Title order={1} fz={22}>{t`Get data back`}</Title>
        <Text c="dimmed">{t`Nothing is set up yet. Choose a way in; the others stay open.`}</Text>
      </Stack>
      <Ways
        ready={hostId !== undefined}
        starting={sample.isPending}
        onAdd={drawer.open}
        onEnrol={enrolDrawer.open}
        onSample={() => sample.mutate()}
      />
      {error !== null && hostId !== undefined && (
        <Box mt="md">
          {isFault(error, 'host_busy') ? (
            <BusyNotice hostId={hostId} fault={error} />
          ) : (
            <ErrorState description={describeError(error)} />
          )}
        </Box>
      )}
      {hostId !== undefined && <AddRepositoryDrawer hostId={hostId} opened={adding} onClose={drawer.close} />}
      <EnrolHostDrawer opened={enrolling} onClose={enrolDrawer.close} />
    </Box>
  )
}

interface WaysProps {
  /** This computer's own agent is there. */
  readonly ready: boolean
  readonly starting: boolean
  onAdd(): void
  onEnrol(): void
  onSample(): void
}

function Ways({ ready, starting, onAdd, onEnrol, onSample }: WaysProps): ReactElement {
  return (
    <SimpleGrid minColWidth={rem(208)} autoFlow="auto-fit" spacing="md">
      <Way
        title={t`A repository of this computer`}
        action={<Button disabled={!ready} onClick={onAdd}>{t`Add a repository…`}</Button>}
      >{t`You have the address and the password of a restic repository.`}</Way>
      <Way
        title={t`A host of your fleet`}
        action={<Button variant="default" onClick={onEnrol}>{t`Enrol a host…`}</Button>}
      >{t`A server that runs the agent, which keeps the passwords of its repositories. One line to paste, or your ssh.`}</Way>
      <Way
        title={t`A sample`}
        action={
          <Button
            variant="default"
            disabled={!ready}
            loading={starting}
            onClick={onSample}
          >{t`Try it with a sample`}</Button>
        }
      >{t`A small real repository with a few hundred files over several snapshots, made on this computer.`}</Way>
    </SimpleGrid>
  )
}

interface WayProps {
  readonly title: string
  readonly children: ReactNode
  readonly action: ReactNode
}

function Way({ title, children, action }: WayProps): ReactElement {
  return (
    <SectionCard>
      <Section title={title}>
        <Stack justify="space-between" align="flex-start" gap="md" mih={104}>
          <Text c="dimmed">{children}</Text>
          {action}
        </Stack>
      </Section>
    </SectionCard>
  )
}

/** Starts the run that makes the sample, and goes to its page. Pressed twice, it is still one run. */
function useSample(hostId: string | undefined) {
  const client = useClient()
  const navigate = useNavigate()
  const requestKey = useRef(crypto.randomUUID())
  return useMutation({
    mutationFn: async () => {
      if (hostId === undefined) return
      const run = await client.repositories.createSample({ hostId, requestKey: requestKey.current })
      await navigate({ to: '/hosts/$hostId/runs/$runId', params: { hostId, runId: run.id } })
    },
  })
}
