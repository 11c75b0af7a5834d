import { t } from '@lingui/core/macro'
import { Badge, Group, List, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import type { Intent } from '../../../contract/shapes/replica.ts'
import { semanticWords } from '../replicas/index.ts'
import { paramWords } from './consumer-words.ts'

/** What a consumer says it can do: in its words, how it is dispatched, and with which parameters. */
export function IntentsList({ intents }: { readonly intents: readonly Intent[] }): ReactElement {
  if (intents.length === 0)
    return (
      <Text
        size="sm"
        c="dimmed"
      >{t`It has not said yet what it can do. Until it does, every replica that is declared for it is a gap.`}</Text>
    )
  return (
    <Stack gap="md">
      {intents.map(({ name, description, semantics, params }) => (
        <section key={name} aria-label={name}>
          <Group gap={6}>
            <Text fw={600}>{name}</Text>
            {semantics.map((tag) => (
              <Badge key={tag} size="sm">
                {tag}
              </Badge>
            ))}
          </Group>
          <Text size="sm" c="dimmed">
            {description ?? t`It has no description.`}
          </Text>
          <List size="sm" mt={4}>
            {semantics.map((tag) => (
              <List.Item key={tag}>{`${tag}: ${semanticWords(tag)}`}</List.Item>
            ))}
            {Object.entries(params).map(([param, its]) => (
              <List.Item key={param}>{paramWords(param, its)}</List.Item>
            ))}
          </List>
        </section>
      ))}
    </Stack>
  )
}
