/** Loads the window anew, at the place where it is; a module of its own, since a test's page cannot do it. */
export function reloadWindow(): void {
  window.location.reload()
}
