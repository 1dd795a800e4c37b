/**
 * Words that the database keeps and the wire carries: each list stands here once, in the database's order. A new word is
 * a migration.
 */

/** What an account is for the whole installation. Everything else is a membership of a studio or an invitation. */
export const ROLES = ['user', 'platform_admin'] as const

/**
 * The statuses of a studio. `grace` sells on while its plan is unpaid; a suspended or closed one neither takes photos
 * nor sells.
 */
export const STUDIO_STATUSES = ['active', 'grace', 'suspended', 'closed'] as const
export type StudioStatus = (typeof STUDIO_STATUSES)[number]
/** The statuses in which a studio takes photos, sells and invites. */
export const OPEN_STUDIO_STATUSES: readonly StudioStatus[] = ['active', 'grace']
/** Why an uploaded picture did not become a studio's logo. */
export const LOGO_FAULTS = ['not_an_image', 'damaged', 'too_many_pixels', 'too_small'] as const
export type LogoFault = (typeof LOGO_FAULTS)[number]
/** A member's place in a studio, from the one who may most to the one who may least. */
export const STUDIO_ROLES = ['owner', 'manager', 'sales', 'photographer'] as const
export type StudioRole = (typeof STUDIO_ROLES)[number]

/** What a service key may do. A route that names none of them is closed to keys. */
export const SERVICE_KEY_SCOPES = ['events:read', 'photos:upload', 'revenue:read', 'orders:read'] as const
export type ServiceKeyScope = (typeof SERVICE_KEY_SCOPES)[number]

/** What a token or code of a letter is good for. */
export const ACCOUNT_TOKEN_PURPOSES = ['verify_email', 'reset_password', 'unlock', 'sign_in_code'] as const

/** The statuses of an event. It moves along them, one step at a time. */
export const EVENT_STATUSES = ['planning', 'open', 'on_sale', 'closed', 'archived'] as const
/** As what somebody is invited to an event. */
export const CREW_ROLES = ['photographer', 'organizer'] as const
export const EVENT_VISIBILITIES = ['public', 'link', 'code'] as const
export const EVENT_CATEGORIES = ['run', 'graduation', 'concert', 'party', 'corporate', 'school', 'other'] as const
/** How previews are marked: all over, slanted, or once at the bottom right. */
export const WATERMARK_PLACES = ['tiled', 'corner'] as const
export type WatermarkPlace = (typeof WATERMARK_PLACES)[number]
/** Whose photos go on sale without a decision: nobody's, those of trusted photographers, everybody's. */
export const EVENT_APPROVALS = ['manual', 'trusted', 'all'] as const

/** Where the selfie of a search may come from: also a file of the device, or its camera alone. */
export const SELFIE_SOURCES = ['file', 'camera'] as const
export type SelfieSource = (typeof SELFIE_SOURCES)[number]

export const PHOTO_STATES = ['queued', 'processing', 'processed', 'failed'] as const
export const PHOTO_APPROVALS = ['pending', 'approved', 'rejected'] as const
/** Why a photo could not be processed. */
export const PHOTO_FAILURES = [
  'not_an_image',
  'damaged',
  'too_many_pixels',
  'too_small',
  'timed_out',
  'internal',
] as const

/** What became of a file that a camera sent; a RAW file is left out. */
export const CAMERA_OUTCOMES = ['stored', 'duplicate', 'refused', 'raw'] as const

export const SEARCH_STATES = ['queued', 'processing', 'choose_face', 'done', 'failed'] as const
/** How surely a face is the one that was searched for. */
export const MATCH_BANDS = ['sure', 'likely', 'maybe'] as const

/** Kinds of packages: for one photo, for a number of photos, for all photos of one person, for all of the event. */
export const PACKAGE_KINDS = ['single', 'bundle', 'unlimited', 'whole_event'] as const
export type PackageKind = (typeof PACKAGE_KINDS)[number]

/** A part of the price, or so many satang. */
export const COUPON_KINDS = ['percent', 'fixed'] as const
export type CouponKind = (typeof COUPON_KINDS)[number]

/** Splits that have a name. Shares of `charity`, `corporate` and `custom` are free. */
export const SPLIT_PRESETS = ['standard', 'premium', 'platform_owned', 'charity', 'corporate', 'custom'] as const
export type SplitPreset = (typeof SPLIT_PRESETS)[number]

/** Why an order was cancelled: by its buyer, for a new order of theirs, or by our people. */
export const CANCEL_REASONS = ['by_buyer', 'replaced', 'asked', 'duplicate', 'mistake', 'suspicious', 'other'] as const
export type CancelReason = (typeof CANCEL_REASONS)[number]
/** The reasons among which our people choose. */
export const STAFF_CANCEL_REASONS = [
  'asked',
  'duplicate',
  'mistake',
  'suspicious',
  'other',
] as const satisfies CancelReason[]

export const PAYMENT_STATES = ['creating', 'pending', 'completed', 'failed', 'expired', 'abandoned'] as const
/** The states of the ZIP of an order's photos. */
export const ARCHIVE_STATES = ['queued', 'building', 'ready', 'failed', 'expired'] as const
/** The states in which a ZIP is not built any further: a page need not follow it. */
export const FINAL_ARCHIVE_STATES: readonly (typeof ARCHIVE_STATES)[number][] = ['ready', 'failed', 'expired']

/** The states of the picture without a watermark that is made of a photo once somebody bought it. */
export const BOUGHT_PREVIEW_STATES = ['queued', 'ready', 'failed'] as const
export type BoughtPreviewState = (typeof BOUGHT_PREVIEW_STATES)[number]

/**
 * What a person is asked to agree to: a search with a selfie, one embedding kept so that later photos leave them out, a
 * selfie by which they are taken out of searches; that they are the guardian of the child in a selfie; and one embedding
 * kept so that a letter says when a new photo of them appears.
 */
export const CONSENT_PURPOSES = ['face_search', 'kept_face', 'objection', 'guardian', 'face_alert'] as const
export const CONSENT_ACTS = ['granted', 'withdrawn'] as const

/** What needs a person: each kind is the open rows of one feature. */
export const INBOX_KINDS = [
  'mail',
  'takedown',
  'many_people',
  'failed_photo',
  'receipt',
  'refund',
  'objection',
  'lost_factor',
  'payout',
  'slip',
  'difference',
] as const

/** What happens to a second factor that somebody says is lost. */
export const LOST_FACTOR_DECISIONS = ['turned_off', 'kept'] as const
export type LostFactorDecision = (typeof LOST_FACTOR_DECISIONS)[number]
/** How long the owner of a second factor has to say that it is not lost. */
export const LOST_FACTOR_WAIT_HOURS = 72

/**
 * The states of a slip: it is read, it waits for a person, and the person finds its money or not. A slip that cannot be
 * read, and one of the same transfer for the same order, wait for nobody.
 */
export const SLIP_STATES = ['reading', 'waiting', 'unreadable', 'repeated', 'arrived', 'not_arrived'] as const
export type SlipState = (typeof SLIP_STATES)[number]
/** Why an uploaded picture is no slip that can be looked at. */
export const SLIP_FAULTS = [...LOGO_FAULTS] as const

/**
 * What gateway, receipts and ledger disagree about: money at the gateway without a receipt, a receipt whose charge the
 * gateway does not call completed, another amount there, a receipt without its posting or of another amount, a posting
 * without its receipt, books that do not add up.
 */
export const DIFFERENCE_KINDS = [
  'charge_without_receipt',
  'receipt_without_charge',
  'other_amount',
  'receipt_without_posting',
  'posting_other_amount',
  'posting_without_receipt',
  'books',
  'settlement_other_total',
] as const
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number]
/** How a difference ended: the next look found that they agree, or a person closed it with a reason. */
export const DIFFERENCE_ENDS = ['agrees', 'by_hand'] as const

/** The states of a refund: asked for, then refused, or approved and in the end transferred by hand. */
export const REFUND_STATES = ['requested', 'approved', 'refused', 'transferred'] as const
export type RefundState = (typeof REFUND_STATES)[number]
/** Why money goes back: it came and pays nothing, or what it paid for is given up. */
export const REFUND_REASONS = ['pays_nothing', 'not_me', 'quality', 'mistake', 'taken_down', 'other'] as const

/**
 * What an objection asks for. `hide`: nobody else's search finds the faces; `delete`: the faces of the event are
 * deleted.
 */
export const OBJECTION_KINDS = ['hide', 'delete'] as const
/** How an objection ends: its person took it back, or our people found that it was not theirs to make. */
export const OBJECTION_ENDS = ['withdrawn', 'lifted'] as const

/** Why somebody wants a photo taken down. */
export const TAKEDOWN_REASONS = ['me', 'child', 'unsuitable', 'other'] as const
export const TAKEDOWN_DECISIONS = ['taken_down', 'refused'] as const
/**
 * What is decided about faces that a search was not sure of: they stay out, they come back, or the objection ends with
 * all its faces.
 */
export const OBJECTION_DECISIONS = ['keep_out', 'put_back', 'lift'] as const

/** Whether a studio has to charge VAT. */
export const VAT_STATUSES = ['none', 'registered'] as const
export type VatStatus = (typeof VAT_STATUSES)[number]
/** A principal sells photos as its own: VAT is on the price. An agent sells for photographers: VAT is on its share. */
export const SELLS_AS = ['principal', 'agent'] as const
export type SellsAs = (typeof SELLS_AS)[number]
/** What a document calls what was sold: the service of a photographer, or a licence to use photos. */
export const SOLD_AS = ['service', 'licence'] as const
export type SoldAs = (typeof SOLD_AS)[number]

/** What buyers get. */
export const SALES_DOCUMENT_KINDS = ['receipt', 'abbreviated_tax_invoice', 'tax_invoice', 'credit_note'] as const
export type SalesDocumentKind = (typeof SALES_DOCUMENT_KINDS)[number]
/** Payees get a certificate of the tax that was withheld from their payout. */
export const DOCUMENT_KINDS = [...SALES_DOCUMENT_KINDS, 'withholding_certificate'] as const
export type DocumentKind = (typeof DOCUMENT_KINDS)[number]
/**
 * The fact that a document records: a paid order, a refund that was transferred, the exchange of another document, tax that
 * was withheld from a line of a payout.
 */
export const DOCUMENT_SOURCES = ['order', 'refund', 'exchange', 'payout'] as const

/** The parties, besides the platform, to whom shares of sales are owed. The house studio is no such party. */
export const PAYEE_PARTIES = ['photographer', 'organizer', 'studio'] as const
export type PayeeParty = (typeof PAYEE_PARTIES)[number]
/** For the law: a private person, or a company, partnership or foundation. */
export const PAYEE_FORMS = ['person', 'juristic'] as const
export type PayeeForm = (typeof PAYEE_FORMS)[number]
/** Why a bank account is used no more: another one was entered, a transfer came back, its person deleted their account. */
export const PAYEE_ACCOUNT_ENDS = ['replaced', 'bounced', 'erased'] as const

/** The states of a batch of payouts. A drafted batch may be discarded; an approved one is owed and posted. */
export const PAYOUT_BATCH_STATES = ['drafted', 'approved', 'exported', 'discarded'] as const
export type PayoutBatchState = (typeof PAYOUT_BATCH_STATES)[number]
/** Of one payee in a batch. A transfer may come back after the bank has confirmed it. */
/** What a line of a payee's statement is. */
/** The accounts of spec/50, and a studio's of spec/25. */
export const LEDGER_ACCOUNT_KINDS = [
  'gateway_clearing',
  'platform_revenue',
  'photographer_payable',
  'organizer_payable',
  'unapplied_receipts',
  'payment_rounding',
  'studio_payable',
  'vat_payable',
  'withholding_tax_payable',
  'gateway_fees',
  'refunds',
  'payouts_clearing',
] as const
/**
 * Accounts that a correction by hand may name. All others hold money that an open row or a document accounts for:
 * unapplied receipts, refunds, payouts under way, and tax.
 */
export const ADJUSTABLE_ACCOUNTS = [
  'photographer_payable',
  'organizer_payable',
  'studio_payable',
  'platform_revenue',
  'gateway_clearing',
  'gateway_fees',
  'payment_rounding',
] as const satisfies readonly (typeof LEDGER_ACCOUNT_KINDS)[number][]
export type AdjustableAccount = (typeof ADJUSTABLE_ACCOUNTS)[number]
/** What a posting of the ledger is about. */
export const POSTING_KINDS = [
  'sale',
  'unapplied_receipt',
  'refund',
  'payout',
  'settlement',
  'adjustment',
  'refund_transfer',
  'payout_transfer',
  'withholding',
  'payout_return',
  'shortfall',
] as const
export const STATEMENT_KINDS = [
  'sale',
  'refund',
  'payout',
  'payout_return',
  'withholding',
  'correction',
  'other',
] as const
export type StatementKind = (typeof STATEMENT_KINDS)[number]

/** How far the PDF of a statement is. */
export const STATEMENT_FILE_STATES = ['queued', 'drawing', 'ready', 'failed'] as const
export type StatementFileState = (typeof STATEMENT_FILE_STATES)[number]

export const PAYOUT_LINE_STATES = ['drafted', 'approved', 'paid', 'bounced', 'discarded'] as const
export type PayoutLineState = (typeof PAYOUT_LINE_STATES)[number]

/** How often a report of a studio, or of the whole installation, comes by mail. */
export const REPORT_PERIODS = ['daily', 'weekly', 'monthly'] as const
export type ReportPeriod = (typeof REPORT_PERIODS)[number]

/** What the status page of the shop is about. */
export const NOTICE_KINDS = ['incident', 'maintenance'] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]
/** Parts of the shop that an incident or a maintenance affects. */
export const NOTICE_PARTS = ['shop', 'search', 'payments', 'downloads'] as const
export type NoticePart = (typeof NOTICE_PARTS)[number]
