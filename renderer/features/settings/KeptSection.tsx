import { t } from '@lingui/core/macro'
import { Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { SecretStoreStatus } from '../../../contract/console/secrets.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { reasonWords } from '../../client/reason-words.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { FactList } from '../../components/FactList.tsx'
import { FileName } from '../../components/FileName.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { Section } from '../../components/SectionCard.tsx'
import { DiagnosticsDrawer } from './DiagnosticsDrawer.tsx'

const SECRETS: Readonly<Record<SecretStoreStatus['store'], Readonly<Record<SecretStoreStatus['state'], string>>>> = {
  keychain: {
    ready: t`In the keychain of the operating system, open`,
    locked: t`In the keychain of the operating system, locked`,
    absent: t`In the keychain of the operating system, no passphrase was chosen yet`,
  },
  file: {
    ready: t`In a file encrypted with your passphrase, open`,
    locked: t`In a file encrypted with your passphrase, locked`,
    absent: t`In a file encrypted with your passphrase, no passphrase was chosen yet`,
  },
}

/** Where the console keeps its secrets and all the rest, and what to hand on when something is wrong. */
export function KeptSection(): ReactElement {
  const [opened, drawer] = useDisclosure(false)
  return (
    <Section
      title={t`What the console keeps`}
      aside={<Button variant="default" size="compact-sm" onClick={drawer.open}>{t`Diagnostics…`}</Button>}
    >
      <Kept />
      <DiagnosticsDrawer opened={opened} onClose={drawer.close} />
    </Section>
  )
}

function Kept(): ReactElement {
  const client = useClient()
  const kept = useQuery({
    queryKey: ['diagnostics'],
    queryFn: async ({ signal }) => ({
      diagnostics: await client.system.diagnostics(undefined, { signal }),
      secrets: await client.secrets.status(undefined, { signal }),
    }),
    staleTime: 0,
  })
  if (kept.error !== null)
    return <ErrorState description={describeError(kept.error)} onRetry={() => void kept.refetch()} />
  if (kept.data === undefined)
    return <LoadingRows label={t`Loading where things are kept`} rows={2} columns="1fr 3fr" />
  const { diagnostics, secrets } = kept.data
  return (
    <>
      <FactList
        facts={[
          { term: t`Secrets`, value: SECRETS[secrets.store][secrets.state] },
          { term: t`Everything else`, value: <FileName name={diagnostics.dataDirectory} /> },
        ]}
      />
      {secrets.reason !== '' && (
        <Text size="xs" c="dimmed" mt={6}>
          {reasonWords(secrets)}
        </Text>
      )}
    </>
  )
}
