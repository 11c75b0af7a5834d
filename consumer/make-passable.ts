import { chmod, mkdir } from 'node:fs/promises'

/** A folder that others may pass through, and not list: whoever proves has fewer rights. Whatever the process's mask is. */
export async function makePassable(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true })
  await chmod(directory, 0o711)
}
