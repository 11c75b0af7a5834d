import { t } from '@lingui/core/macro'
import { Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { CommandLine } from '../../components/CommandLine.tsx'
import { passwordCommand } from './server-password.ts'

export interface MadePasswordProps {
  readonly username: string
  readonly password: string
}

/** A password that the page has made, shown this once, and what makes the server know it. */
export function MadePassword({ username, password }: MadePasswordProps): ReactElement {
  return (
    <Stack gap="xs" role="group" aria-label={t`The password that was made`}>
      <Text size="sm">{t`This password was made here and is shown this once:`}</Text>
      <Group gap="xs" wrap="nowrap">
        <Code flex={1} style={{ overflowWrap: 'anywhere' }}>
          {password}
        </Code>
        <CopyButton value={password}>
          {({ copied, copy }) => (
            <Button variant="default" size="compact-xs" onClick={copy} aria-label={t`Copy the password`}>
              {copied ? t`Copied` : t`Copy`}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Text size="sm">{t`On the server, as who runs it; paste the password when it waits, and press Enter:`}</Text>
      <CommandLine command={passwordCommand(username)} />
      <Text
        size="sm"
        c="dimmed"
      >{t`The path is that of the server’s password file; add -c where there is none yet. Once the server knows it, test.`}</Text>
    </Stack>
  )
}
