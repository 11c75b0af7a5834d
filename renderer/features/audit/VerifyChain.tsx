import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Button, Drawer, FileButton, Group, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { type AuditAnchor, type AuditCheck, auditAnchorSchema } from '../../../contract/shapes/audit-chain.ts'
import type { HostView } from '../../../contract/shapes/host.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { useHosts } from '../../client/hosts-context.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { FileName } from '../../components/FileName.tsx'
import { Section, SectionCard } from '../../components/SectionCard.tsx'
import { checkWords } from './chain-words.ts'

/** Opens the list of this console and the hosts, where each can be asked whether its own record is as it was written. */
export function VerifyChain(): ReactElement {
  const [opened, setOpened] = useState(false)
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>{t`Verify…`}</Button>
      <Drawer
        opened={opened}
        onClose={() => setOpened(false)}
        title={t`Is the record intact?`}
        position="right"
        size="lg"
        closeButtonProps={{ 'aria-label': t`Close` }}
      >
        <VerifyRecords />
      </Drawer>
    </>
  )
}

function VerifyRecords(): ReactElement {
  const hosts = useHosts()
  return (
    <Stack gap="md">
      <Text
        size="sm"
        c="dimmed"
      >{t`Each host keeps its own record, and so does this console. Each entry seals the one before. An anchor kept elsewhere also shows whether the end was cut off since, or all of it rewritten.`}</Text>
      <SectionCard>
        <VerifyConsole />
        {hosts.value.map((host) => (
          <VerifyHost key={host.id} host={host} />
        ))}
      </SectionCard>
    </Stack>
  )
}

/** Verify what this console did, with a host or without one. */
function VerifyConsole(): ReactElement {
  const { audit } = useClient()
  return (
    <VerifyRecord
      name={t`This console`}
      verify={(anchor) => audit.verifyOwn({ anchor })}
      anchor={() => audit.anchorOwn(undefined)}
    />
  )
}

/** Verify one host's record, and export an anchor of it. */
export function VerifyHost({ host }: { readonly host: HostView }): ReactElement {
  const { audit } = useClient()
  const hostId = host.id
  return (
    <VerifyRecord
      name={host.name}
      verify={(anchor) => audit.verify({ hostId, anchor })}
      anchor={() => audit.anchor({ hostId })}
    />
  )
}

interface RecordProps {
  /** Whose record it is. */
  readonly name: string
  verify(anchor: AuditAnchor | null): Promise<AuditCheck>
  anchor(): Promise<AuditAnchor>
}

function VerifyRecord({ name, ...asks }: RecordProps): ReactElement {
  const verify = useMutation({
    mutationFn: async (file: File | null) => asks.verify(file === null ? null : readAnchor(await file.text())),
  })
  const anchor = useMutation({ mutationFn: () => asks.anchor(), onSuccess: (taken) => keep(taken) })
  const failed = verify.error ?? anchor.error
  return (
    <Section title={name}>
      <Group gap="xs">
        <Button
          loading={verify.isPending}
          onClick={() => verify.mutate(null)}
          aria-label={t`Verify ${name}`}
        >{t`Verify`}</Button>
        <FileButton onChange={(file) => file !== null && verify.mutate(file)} accept=".json,.jsonl,.txt">
          {(props) => (
            <Button
              {...props}
              variant="default"
              aria-label={t`Against an anchor…, ${name}`}
            >{t`Against an anchor…`}</Button>
          )}
        </FileButton>
        <Button
          variant="default"
          loading={anchor.isPending}
          onClick={() => anchor.mutate()}
          aria-label={t`Export anchor of ${name}`}
        >{t`Export anchor`}</Button>
      </Group>
      {verify.data !== undefined && !verify.isPending && <Found check={verify.data} />}
      {failed instanceof NoAnchor ? (
        <Text role="alert" size="sm" mt="xs">
          {failed.message}
        </Text>
      ) : (
        failed !== null && <ErrorState description={describeError(failed)} />
      )}
    </Section>
  )
}

function Found({ check }: { readonly check: AuditCheck }): ReactElement {
  const { broken } = check
  return (
    <Stack gap={2} mt="xs" role="status">
      <Text size="sm" fw={600} {...(broken === null ? {} : { c: 'red' })}>
        {checkWords(check)}
      </Text>
      {broken !== null && broken.says !== '' && (
        <Text size="sm">
          <Trans>
            There stands: <FileName name={`${broken.at ?? ''} ${broken.says}`.trim()} />
          </Trans>
        </Text>
      )}
      {broken?.segment && (
        <Text size="sm">
          <Trans>
            It belongs to the closed part <FileName name={broken.segment} />
          </Trans>
        </Text>
      )}
      {broken?.follows && (
        <Text size="sm" c="dimmed">
          <Trans>
            Before it, as it was written: <FileName name={`${broken.follows.at ?? ''} ${broken.follows.says}`.trim()} />
          </Trans>
        </Text>
      )}
    </Stack>
  )
}

/** What was chosen is no anchor; the message says so. */
class NoAnchor extends Error {
  override readonly name = 'NoAnchor'
}

/** The last line, as the command on the host takes it. */
function readAnchor(text: string): AuditAnchor {
  try {
    return auditAnchorSchema.parse(JSON.parse(text.trim().split('\n').at(-1) ?? ''))
  } catch (cause) {
    throw new NoAnchor(t`The last line of this file is not an anchor. Choose one that “Export anchor” made.`, { cause })
  }
}

/** Hand an anchor over as a file of one line. */
function keep(anchor: AuditAnchor): void {
  const address = URL.createObjectURL(new Blob([`${JSON.stringify(anchor)}\n`], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = address
  link.download = `audit-anchor-${anchor.hostname}-${anchor.sequence}.json`
  link.click()
  URL.revokeObjectURL(address)
}
