import { authHeaders, renewSignIn } from './api.ts'
import { saveFile } from './save-file.ts'
import { useSession } from './session.store.ts'

/**
 * Saves what an address of the api answers, as a file of the person's own.
 *
 * @param path below /api
 * @throws Error where the api refuses
 */
export async function takeFile(path: string, name: string): Promise<void> {
  // A download does not renew an access token that has expired: the api would answer as to a stranger.
  if (useSession().user) await renewSignIn()
  const answer = await fetch(`/api${path}`, { headers: authHeaders() })
  if (!answer.ok) throw new Error(`the download answered ${answer.status}`)
  const blob = await answer.blob()
  saveFile(name, blob, blob.type)
}
