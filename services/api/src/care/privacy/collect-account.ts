import { ledgerAdjustments } from '@pix/db/schema/payouts.ts'
import type { Queryable } from '@pix/db/client.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { knownDevices, refreshTokens, sessions, users } from '@pix/db/schema/auth.ts'
import { cameraFiles, cameraLogins } from '@pix/db/schema/cameras.ts'
import { eventPhotographers, organizers } from '@pix/db/schema/events.ts'
import { identities } from '@pix/db/schema/identities.ts'
import { inboxTakes } from '@pix/db/schema/inbox.ts'
import { ledgerAccounts, ledgerEntries, ledgerPostings } from '@pix/db/schema/ledger.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { letterChoices } from '@pix/db/schema/letters.ts'
import { portfolios } from '@pix/db/schema/portfolios.ts'
import { manyPeople } from '@pix/db/schema/searches.ts'
import { recoveryCodes, secondFactors } from '@pix/db/schema/second-factors.ts'
import { serviceKeys } from '@pix/db/schema/service-keys.ts'
import { photographerRates, splitRules } from '@pix/db/schema/split-rules.ts'
import { reportChoices, studioMembers } from '@pix/db/schema/studios.ts'
import { asc, eq, or, sql } from 'drizzle-orm'
import type { Export } from './export.ts'

/** What belongs to an account. */
export async function collectAccount(db: Queryable, userId: string): Promise<Export> {
  const account = await db.select().from(users).where(eq(users.id, userId))
  return {
    account: account.map(({ passwordHash, ...row }) => ({ ...row, hasPassword: passwordHash !== null })),
    studios: await db
      .select({ studioId: studioMembers.studioId, role: studioMembers.role })
      .from(studioMembers)
      .where(eq(studioMembers.userId, userId)),
    'report-choices': await db
      .select({ studioId: reportChoices.studioId, periods: reportChoices.periods, locale: reportChoices.locale })
      .from(reportChoices)
      .where(eq(reportChoices.userId, userId)),
    ...(await collectSignIns(db, userId)),
    ...(await collectRoles(db, userId)),
    ...(await collectShares(db, userId)),
    ...(await collectWork(db, userId)),
    ...(await collectUploads(db, userId)),
    ...(await collectCameras(db, userId)),
    ...(await collectAudit(db, userId)),
  }
}

/** How the account is signed in to. Secrets are left out. */
async function collectSignIns(db: Queryable, userId: string): Promise<Export> {
  const { device, network, createdAt, expiresAt, revokedAt } = refreshTokens
  return {
    browsers: await db
      .select({ createdAt: sessions.createdAt, expiresAt: sessions.expiresAt })
      .from(sessions)
      .where(eq(sessions.userId, userId)),
    devices: await db
      .select({ device, network, createdAt, expiresAt, revokedAt })
      .from(refreshTokens)
      .where(eq(refreshTokens.userId, userId)),
    'known-devices': await db
      .select({ lastSignInAt: knownDevices.lastSignInAt })
      .from(knownDevices)
      .where(eq(knownDevices.userId, userId)),
    'second-factor': await db
      .select({ createdAt: secondFactors.createdAt, confirmedAt: secondFactors.confirmedAt })
      .from(secondFactors)
      .where(eq(secondFactors.userId, userId)),
    'recovery-codes': await db
      .select({ usedAt: recoveryCodes.usedAt })
      .from(recoveryCodes)
      .where(eq(recoveryCodes.userId, userId)),
    providers: await db
      .select({ issuer: identities.issuer, subject: identities.subject, linkedAt: identities.createdAt })
      .from(identities)
      .where(eq(identities.userId, userId)),
  }
}

/** As a photographer and as an organizer. */
async function collectRoles(db: Queryable, userId: string): Promise<Export> {
  return {
    'photographed-events': await db
      .select({ eventId: eventPhotographers.eventId, since: eventPhotographers.createdAt })
      .from(eventPhotographers)
      .where(eq(eventPhotographers.userId, userId)),
    portfolio: await db
      .select({
        slug: portfolios.slug,
        name: portfolios.name,
        about: portfolios.about,
        shown: portfolios.shown,
        changedAt: portfolios.changedAt,
      })
      .from(portfolios)
      .where(eq(portfolios.userId, userId)),
    'letter-choices': await db
      .select({
        morning: letterChoices.morning,
        firstSale: letterChoices.firstSale,
        refused: letterChoices.refused,
        organized: letterChoices.organized,
        locale: letterChoices.locale,
        changedAt: letterChoices.changedAt,
      })
      .from(letterChoices)
      .where(eq(letterChoices.userId, userId)),
    organizers: await db
      .select({ id: organizers.id, name: organizers.name, createdAt: organizers.createdAt })
      .from(organizers)
      .where(eq(organizers.userId, userId)),
  }
}

/** What sales posted to the account, and the shares of sales that were agreed with its person. */
async function collectShares(db: Queryable, userId: string): Promise<Export> {
  return {
    earnings: await db
      .select({
        at: ledgerPostings.createdAt,
        eventId: ledgerEntries.eventId,
        photoId: ledgerEntries.photoId,
        amountSatang: sql<number>`-${ledgerEntries.amount}`,
        correction: ledgerAdjustments.reason,
      })
      .from(ledgerEntries)
      .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerEntries.accountId))
      .innerJoin(ledgerPostings, eq(ledgerPostings.id, ledgerEntries.postingId))
      .leftJoin(ledgerAdjustments, eq(ledgerAdjustments.id, ledgerPostings.sourceId))
      .where(eq(ledgerAccounts.ownerId, userId))
      .orderBy(asc(ledgerPostings.createdAt)),
    // What the photographer's part of a sale is, as it was agreed.
    rates: [
      ...(await db
        .select({
          studioId: photographerRates.studioId,
          startsAt: photographerRates.startsAt,
          rateBp: photographerRates.rateBp,
        })
        .from(photographerRates)
        .where(eq(photographerRates.photographerId, userId))),
      ...(await db
        .select({ studioId: splitRules.studioId, startsAt: splitRules.startsAt, rateBp: splitRules.photographerBp })
        .from(splitRules)
        .where(eq(splitRules.photographerId, userId))),
    ],
  }
}

/** What the person did as staff of a studio or the platform, and what was noticed about their searches. */
async function collectWork(db: Queryable, userId: string): Promise<Export> {
  return {
    'many-people': await db
      .select({
        eventId: manyPeople.eventId,
        people: manyPeople.people,
        firstAt: manyPeople.firstAt,
        lastAt: manyPeople.lastAt,
      })
      .from(manyPeople)
      .where(eq(manyPeople.userId, userId)),
    inbox: await db
      .select({ kind: inboxTakes.kind, itemId: inboxTakes.itemId, takenAt: inboxTakes.takenAt })
      .from(inboxTakes)
      .where(eq(inboxTakes.userId, userId)),
    serviceKeys: await db
      .select({
        studioId: serviceKeys.studioId,
        name: serviceKeys.name,
        scopes: serviceKeys.scopes,
        madeAt: serviceKeys.createdAt,
        expiresAt: serviceKeys.expiresAt,
        lastUsedAt: serviceKeys.lastUsedAt,
        revokedAt: serviceKeys.revokedAt,
      })
      .from(serviceKeys)
      .where(eq(serviceKeys.createdBy, userId)),
  }
}

/** The logins of the person's cameras, and the files that came by them. */
async function collectCameras(db: Queryable, userId: string): Promise<Export> {
  const isOwn = eq(cameraLogins.photographerId, userId)
  return {
    'camera-logins': await db
      .select({
        eventId: cameraLogins.eventId,
        userName: cameraLogins.userName,
        createdAt: cameraLogins.createdAt,
        lastUsedAt: cameraLogins.lastUsedAt,
        endedAt: cameraLogins.endedAt,
      })
      .from(cameraLogins)
      .where(isOwn)
      .orderBy(asc(cameraLogins.createdAt)),
    'camera-files': await db
      .select({ fileName: cameraFiles.fileName, at: cameraFiles.createdAt, outcome: cameraFiles.outcome })
      .from(cameraFiles)
      .innerJoin(cameraLogins, eq(cameraLogins.id, cameraFiles.loginId))
      .where(isOwn)
      .orderBy(asc(cameraFiles.createdAt)),
  }
}

/** Photos that the account sent. */
async function collectUploads(db: Queryable, userId: string): Promise<Export> {
  return {
    uploads: await db
      .select({
        id: photos.id,
        eventId: photos.eventId,
        fileName: photos.fileName,
        sha256: photos.sha256,
        bytes: photos.bytes,
        state: photos.state,
        approval: photos.approval,
        takenAt: photos.takenAt,
        camera: photos.camera,
        cameraSerial: photos.cameraSerial,
        lens: photos.lens,
        exposureSeconds: photos.exposureSeconds,
        fNumber: photos.fNumber,
        iso: photos.iso,
        focalLength: photos.focalLength,
        lensSerial: photos.lensSerial,
        latitude: photos.latitude,
        longitude: photos.longitude,
        uploadedAt: photos.createdAt,
      })
      .from(photos)
      .where(eq(photos.photographerId, userId))
      .orderBy(asc(photos.createdAt)),
  }
}

/** What the audit says of the account. */
async function collectAudit(db: Queryable, userId: string): Promise<Export> {
  return {
    // Without the detail: it may be about others.
    audit: await db
      .select({
        at: auditEvents.createdAt,
        action: auditEvents.action,
        subject: auditEvents.subject,
        ip: auditEvents.ip,
        device: auditEvents.device,
      })
      .from(auditEvents)
      .where(or(eq(auditEvents.actorId, userId), eq(auditEvents.subject, `user:${userId}`)))
      .orderBy(asc(auditEvents.createdAt)),
  }
}
