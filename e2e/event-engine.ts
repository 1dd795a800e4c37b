import { engineOf, type FaceEngineName } from '@pix/faces/engines.ts'
import { shop } from './shop.ts'

/** The face engine that the running shop read an event's photos with. */
export async function engineOfEvent(slug: string): Promise<FaceEngineName> {
  const answer = await fetch(`${shop.url}/api/events/${slug}`)
  const { faceSearch } = (await answer.json()) as { faceSearch: { model: string | null } | null }
  const engine = engineOf(faceSearch?.model ?? '')
  if (!engine) throw new Error(`no engine of ours read the photos of ${slug}`)
  return engine
}
