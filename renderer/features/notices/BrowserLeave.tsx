import { t } from '@lingui/core/macro'
import { Button, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useClient } from '../../client/client-context.tsx'
import { type Leave, leaveOf } from './by-system.ts'

/** Whether the browser lets this page show something by the operating system; the desktop's own window needs no leave. */
export function BrowserLeave(): ReactElement | null {
  const client = useClient()
  const info = useQuery({ queryKey: ['system'], queryFn: ({ signal }) => client.system.info(undefined, { signal }) })
  const [leave, setLeave] = useState<Leave>(leaveOf)
  if (info.data?.shell !== 'headless' || leave === 'granted') return null
  const ask = (): void => void Notification.requestPermission().then(setLeave)
  return (
    <Group gap="sm" wrap="nowrap" pl={40}>
      <Text size="sm" c="var(--state-partial)" flex={1}>
        {leave === 'default'
          ? t`This browser has not let the console do so yet.`
          : t`This browser does not let the console do so. Its settings of this page can change that.`}
      </Text>
      {leave === 'default' && <Button variant="default" onClick={ask}>{t`Ask it…`}</Button>}
    </Group>
  )
}
