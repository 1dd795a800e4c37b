export const photographersTh = {
  filter: 'เลือกดูตามช่างภาพ',
  everybody: 'ทุกช่างภาพ',
  seePage: 'ดูหน้าของ {name}',
  photographer: 'ช่างภาพ',
  eventCount: '{n} งาน',
  events: 'งานที่ถ่าย',
  failed: 'โหลดหน้านี้ไม่สำเร็จ',
  missing: 'ไม่พบหน้านี้',
  missingText: 'ช่างภาพอาจปิดหน้าไปแล้ว หรือลิงก์ไม่ครบ',
  noEvents: 'ยังไม่มีงานที่เปิดให้ดู',
  noEventsText: 'เมื่อมีรูปขึ้นขายในงานสาธารณะ งานจะอยู่ที่นี่',
} as const
