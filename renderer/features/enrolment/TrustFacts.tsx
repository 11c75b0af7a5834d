import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Code, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import type { Enrolment } from '../../../contract/shapes/enrolment.ts'
import { FactList } from '../../components/FactList.tsx'
import { Section, SectionCard } from '../../components/SectionCard.tsx'
import { groupsOf } from './enrolment-line.ts'
import { roleWords } from './role-words.ts'

/** What enrolling with a line makes this console trust, and how two people make sure of it. */
export function TrustFacts({ enrolment }: { readonly enrolment: Enrolment }): ReactElement {
  const { address, pin, role, workspace } = enrolment
  return (
    <SectionCard>
      <Section title={t`What you are about to trust`}>
        <Stack gap="sm">
          <FactList
            facts={[
              { term: t`Agent at`, value: address },
              { term: t`Its key`, value: <Fingerprint pin={pin} /> },
              { term: t`You will be`, value: roleWords(role) },
              { term: t`Workspace`, value: workspace },
            ]}
          />
          <Text size="sm" c="dimmed">
            <Trans>
              If the line came to you by a way that others can write to, compare: <Code>restore-agent doctor</Code>{' '}
              prints the same key on the host. From then on only the holder of that key is this host; the agent in turn
              will know this console by its own key, until somebody there revokes it.
            </Trans>
          </Text>
        </Stack>
      </Section>
    </SectionCard>
  )
}

function Fingerprint({ pin }: { readonly pin: string }): ReactElement {
  return (
    <Text span ff="monospace" fz="xs" style={{ fontVariantLigatures: 'none', wordSpacing: 2 }}>
      {groupsOf(pin).join(' ')}
    </Text>
  )
}
