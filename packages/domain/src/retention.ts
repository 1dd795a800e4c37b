/**
 * How long things are kept where no setting may make it longer. The sweeps delete by these times, the privacy audit
 * checks them, and the privacy notice states them.
 */
export const KEPT = {
  /** A selfie in storage, and the embeddings of its faces in Redis. */
  selfieMinutes: 60,
  /** What a search found. */
  resultsDays: 7,
  /** An event's face index in storage: it may hold faces deleted since. */
  snapshotHours: 24,
  /** An address that nobody confirmed, and the face that was kept for its letter. */
  unconfirmedDays: 7,
  /** A half upload. */
  uploadHours: 24,
  /** For how long a half upload can be resumed: its pieces must not go before. */
  resumableHours: 22,
  /** What somebody wrote who asked for a photo to be taken down, and their address, after the decision. */
  takedownDays: 90,
  /** An invitation with its address, after its end. */
  invitationDays: 30,
  /** Where a refund went, after its transfer or refusal. */
  refundPayeeDays: 90,
  /** The picture of a transfer's slip, after the decision. */
  slipDays: 30,
  /** The PDF of a statement; it is drawn again on request. */
  statementDays: 7,
  /** A bank account of a payee that another one replaced, or a transfer came back from, after its end. */
  payeeAccountDays: 90,
  /** The mark of a browser that signed in to an account, after its last sign-in. Browsers keep no cookie longer. */
  deviceDays: 400,
  /** What was deleted, by ids: longer than any backup of the database, which the same is deleted from after a restore. */
  deletionLogDays: 35,
  /** The ZIP of an order; it is built again on request. */
  archiveDays: 7,
} as const
