import { fileNameToBytes } from '../file-name.ts'

/** The folder that holds a path; `/` of what is in the root, and of the root itself. */
export function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/'
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** Whether a path is a folder or within it. */
export function isWithin(path: string, folder: string): boolean {
  return folder === '/' || path === folder || path.startsWith(`${folder}/`)
}

/** What stays of a path when a folder that it is within becomes the root: `/` for the folder itself. */
export function relativeTo(folder: string, path: string): string {
  return folder === '/' ? path : path.slice(folder.length) || '/'
}

/** A path below a folder; either may be `/`. */
export function joined(folder: string, path: string): string {
  if (path === '/' || path === '') return folder
  return folder === '/' ? path : `${folder}${path}`
}

/** A path as the system takes it, byte for byte. */
export function hostPath(path: string): string | Buffer {
  return path.isWellFormed() ? path : fileNameToBytes(path)
}
