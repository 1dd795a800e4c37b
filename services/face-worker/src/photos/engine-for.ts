import type { Db } from '@pix/db/client.ts'
import { faceModelOf } from '@pix/db/face-model-of.ts'
import { events } from '@pix/db/schema/events.ts'
import type { FaceEngines } from '@pix/faces/engine.ts'
import { engineOf, type FaceEngineName, MODEL_VERSIONS } from '@pix/faces/engines.ts'
import type { FaceEngine } from '@pix/faces/types.ts'
import { and, eq, isNull } from 'drizzle-orm'

/**
 * The engine that reads an event's photos. The first photo decides which: the one that this worker prefers, of those it
 * has.
 *
 * @returns null where this worker lacks it: another may have it, or its weights may come
 */
export async function engineFor(
  { db, engines }: { db: Db; engines: FaceEngines },
  eventId: string,
): Promise<FaceEngine | null> {
  return openEngine(engines, (await faceModelOf(db, eventId)) ?? (await decide(db, engines, eventId)))
}

/** The engine that makes faces of a model version; null where this worker lacks it. */
export async function openEngine(engines: FaceEngines, model: string | null): Promise<FaceEngine | null> {
  const name = model === null ? undefined : engineOf(model)
  return name !== undefined && engines.available.includes(name) ? engines.open(name) : null
}

/** Model versions of the faces that these engines make. */
export const modelsOf = (available: readonly FaceEngineName[]): string[] => available.map(name => MODEL_VERSIONS[name])

/** When two workers decide at once, the decision of the first holds for both. */
async function decide(db: Db, { available }: FaceEngines, eventId: string): Promise<string | null> {
  const [preferred] = available
  if (preferred === undefined) return null
  await db
    .update(events)
    .set({ faceModel: MODEL_VERSIONS[preferred], faceBound: null }) // a bound belongs to the model it was set for
    .where(and(eq(events.id, eventId), isNull(events.faceModel)))
  return faceModelOf(db, eventId)
}
