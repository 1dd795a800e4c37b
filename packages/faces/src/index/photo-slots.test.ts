import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { createPhotoSlots } from './photo-slots.ts'

/** UUIDs that share most of their digits, as those of one minute do, ids of other kinds, and one like the inner mark. */
const photoId = fc.oneof(
  fc.nat(60).map(n => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`),
  fc.nat(20).map(n => `photo-${n}`),
  fc.nat(3).map(n => `ffffffff-ffff-ffff-ffff-ffff0000000${n}`),
)

it('knows every photo taken and not freed since, like a Map, whatever came before', () => {
  const step = fc.record({ free: fc.boolean(), photoId })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), steps => {
      const slots = createPhotoSlots()
      const held = new Map<string, number>()
      for (const { free, photoId } of steps) {
        const slot = slots.find(photoId)
        expect(slot).toBe(held.get(photoId) ?? -1)
        if (!free) held.set(photoId, slots.take(photoId))
        else if (held.delete(photoId)) slots.free(slot)
      }
      expect(slots.size).toBe(held.size)
      expect(new Set(held.values()).size).toBe(held.size)
      for (const [photoId, slot] of held) expect(slots.photoAt(slot)).toBe(photoId)

      const { ids, places } = slots.columns()
      const copy = createPhotoSlots({ ids, count: held.size })
      for (const [photoId, slot] of held) expect(copy.find(photoId)).toBe(places[slot])
    }),
  )
})
