/** What a column of bytes holds. One that stands in neither list is a fault: its maker says here what it is. */
export const BIOMETRIC_COLUMNS = [
  'faces.embedding',
  'faces.landmarks',
  'kept_faces.embedding',
  'alert_faces.embedding',
] as const

/** Columns of bytes, or of many numbers, that hold nothing of a face, and what they hold instead. */
export const OTHER_COLUMNS: Readonly<Record<string, string>> = {
  'photos.placeholder': 'a ThumbHash of some 25 bytes: colours, no face',
  'payments.qr_image': 'the QR code of a payment',
  'gateway_events.payload': 'what the bank sent',
  'seals.leaves': 'SHA-256 of the rows that were sealed',
  'document_contents.content': 'encrypted: what a receipt or a tax invoice prints',
  'order_tax_data.details': 'encrypted: whom the documents of an order are made out to',
  'studio_sellers.tax_id': 'encrypted: the tax id of a studio',
  'payee_accounts.details': 'encrypted: the bank account of a payee, and who they are for the tax office',
  'refunds.payee': 'encrypted: where a refund goes',
  'slips.picture_hash': 'SHA-256 of the picture of a slip',
  'transfer_accounts.number': 'encrypted: the account that buyers transfer to',
  'transfer_accounts.promptpay': 'encrypted: its PromptPay number',
  'second_factors.secret': 'encrypted: the secret of a TOTP app',
}
