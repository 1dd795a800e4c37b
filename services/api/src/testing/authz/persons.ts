/** Who tries every route. */
export const PERSONS = [
  'anonymous',
  /** A visitor without an order, and one with an order of the own event. */
  'guest',
  'buyer',
  'customer',
  /** Photographers: of the own event, of another event of its studio, and of the other studio's event. */
  'photographer',
  'colleague',
  'rival',
  /** Organizers: of the own event, and of the other. */
  'organizer',
  'otherOrganizer',
  /** Members of the own event's studio. */
  'sales',
  'manager',
  'owner',
  /** A suspended platform admin: nobody could do more. */
  'suspended',
  'admin',
  /** Keys with every scope: one of the own studio, made by an owner of it, and one of the platform. */
  'studioKey',
  'platformKey',
] as const
export type Person = (typeof PERSONS)[number]
