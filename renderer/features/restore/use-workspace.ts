import { useWorkspaces } from '../../client/workspaces-context.tsx'
import { workspaceColor } from '../../workspace-colors.ts'

/** The workspace's name and its colour in CSS, which marks what is dangerous; undefined until they are known. */
export function useWorkspace(): { readonly name: string; readonly color: string } | undefined {
  const { current } = useWorkspaces()
  return current === undefined ? undefined : { name: current.name, color: workspaceColor(current.color) }
}
