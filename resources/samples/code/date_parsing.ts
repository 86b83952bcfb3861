// Reading dates as people write them.

const MONTHS = [
  "january", "february", "march", "april", "may", "june",
  "july", "august", "september", "october", "november", "december",
];

export interface CalendarDate {
  year: number;
  month: number;
  day: number;
}

/** Parse a date string such as "2023-07-14", "14.7.2023" or "14 July 2023". */
export function parseDate(text: string): CalendarDate | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text.trim());
  if (iso) return checked(+iso[1], +iso[2], +iso[3]);
  const dotted = /^(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})$/.exec(text.trim());
  if (dotted) return checked(+dotted[3], +dotted[2], +dotted[1]);
  const spelled = /^(\d{1,2})\s+([a-z]+)\s+(\d{4})$/i.exec(text.trim());
  if (!spelled) return null;
  const name = spelled[2].toLowerCase();
  const month = MONTHS.findIndex((full) => name.length >= 3 && full.startsWith(name)) + 1;
  return checked(+spelled[3], month, +spelled[1]);
}

/** Tell whether a year is a leap year in the Gregorian calendar. */
export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Return the date when the calendar has such a day, otherwise null. */
function checked(year: number, month: number, day: number): CalendarDate | null {
  const lengths = [31, isLeapYear(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  const fits = month >= 1 && month <= 12 && day >= 1 && day <= lengths[month - 1];
  return fits ? { year, month, day } : null;
}
