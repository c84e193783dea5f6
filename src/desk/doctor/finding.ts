/**
 * `well`; `fault`: somebody should mend it; `unknown`: this machine or this moment does not tell; `not_looked`: it could not
 * be looked at, though it should.
 */
export type Verdict = 'well' | 'fault' | 'unknown' | 'not_looked';

/** Everything that can be found. Each has its text in the catalogues: `doctor.<code>.what`, of faults `.means` and `.todo`. */
export const VERDICTS = {
  process_running: 'well',
  process_not_ready: 'fault',
  process_silent: 'fault',
  process_not_running: 'fault',
  process_never_started: 'well',
  config_well: 'well',
  config_demo: 'well',
  config_faulty: 'fault',
  config_missing: 'fault',
  config_differs: 'fault',
  config_waits: 'well',
  store_well: 'well',
  store_in_use: 'well',
  store_none: 'well',
  store_unknown: 'not_looked',
  store_damaged: 'fault',
  store_refused: 'fault',
  store_held: 'fault',
  store_unreadable: 'not_looked',
  store_slow: 'unknown',
  store_older: 'unknown',
  database_answers: 'well',
  database_silent: 'fault',
  disk_well: 'well',
  disk_short: 'fault',
  clock_well: 'well',
  clock_off: 'fault',
  clock_unknown: 'unknown',
  zone_well: 'well',
  zone_differs: 'fault',
  zone_unknown: 'unknown',
  board_open: 'well',
  board_closed: 'unknown',
  pager_open: 'well',
  pager_closed: 'fault',
  reach_untried: 'unknown',
  method_untried: 'unknown',
  methods_well: 'well',
  methods_missing: 'fault',
  team_well: 'well',
  team_small: 'fault',
  rota_well: 'well',
  rota_gap: 'fault',
  backup_well: 'well',
  backup_old: 'fault',
  backup_never: 'fault',
  backup_elsewhere: 'unknown',
  checkpoint_well: 'well',
  checkpoint_awaited: 'well',
  checkpoint_old: 'fault',
  node_well: 'well',
  node_old: 'fault',
  user_well: 'well',
  user_root: 'fault',
  files_well: 'well',
  files_open: 'fault',
  check_failed: 'not_looked',
} as const satisfies Readonly<Record<string, Verdict>>;

export type FindingCode = keyof typeof VERDICTS;

/** One thing that a check found; `values` are for its text and say nothing of a case. */
export type Finding = {
  readonly check: string;
  readonly code: FindingCode;
  readonly values?: Readonly<Record<string, string | number>>;
};

/** What a check answers: without its name, which stands in its table. */
export type Found = Omit<Finding, 'check'>;

/** A table of checks, each by its name. */
export type Checks<Context> = Readonly<
  Record<string, (context: Context) => readonly Found[] | Promise<readonly Found[]>>
>;

/** All of them side by side, in the order of the table. One that throws is told as one that could not look. */
export async function runChecks<Context>(checks: Checks<Context>, context: Context): Promise<readonly Finding[]> {
  const all = Object.entries(checks).map(async ([check, look]): Promise<readonly Finding[]> => {
    try {
      return (await look(context)).map((found) => ({ check, ...found }));
    } catch (error) {
      return [{ check, code: 'check_failed', values: { check, error: classOf(error) } }];
    }
  });
  return (await Promise.all(all)).flat();
}

/** Its code or class, never its text: that may quote a row. */
export function classOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
