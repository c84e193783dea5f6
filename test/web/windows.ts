import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

export const CHROMIUM = '/usr/bin/chromium';

/** Without a browser these tests are skipped by name; on a machine that has to have one they fail. */
export const skipsBrowser = !existsSync(CHROMIUM) && process.env['CI'] !== 'true';

export type Look = Parameters<Browser['newContext']>[0];
type House = { readonly address: string; readonly link: (officer: string) => Promise<string> };

/** A real browser in which several officers sit, each with windows of their own. */
export class Windows {
  readonly #browser: Browser;
  readonly #contexts: BrowserContext[] = [];
  #complaints: string[] = [];

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async launch(): Promise<Windows> {
    // Only root needs it without the sandbox.
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    return new Windows(await chromium.launch({ executablePath: CHROMIUM, args }));
  }

  /** Windows that share nothing with those of others, signed in as this officer. */
  async of(officer: string, house: House, look: Look = {}): Promise<BrowserContext> {
    const context = await this.#browser.newContext({ locale: 'en-GB', baseURL: house.address, ...look });
    this.#contexts.push(context);
    context.setDefaultTimeout(10_000);
    context.on('weberror', (error) => this.#complaints.push(String(error.error())));
    context.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) this.#complaints.push(message.text());
    });
    const page = await open(context, await house.link(officer));
    await page.getByRole('button', { name: /Sign in|Se connecter/ }).click();
    await page.waitForURL(`${house.address}/`);
    await page.close();
    return context;
  }

  /** Closes all windows; what broke in them: errors of scripts, and what the content policy had to stop. */
  async shut(): Promise<readonly string[]> {
    for (const context of this.#contexts.splice(0)) await context.close();
    const complaints = this.#complaints;
    this.#complaints = [];
    return complaints;
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}

export async function open(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(path);
  return page;
}

export async function startedPager(context: BrowserContext): Promise<Page> {
  const pager = await open(context, '/pager');
  await pager.locator('#start').click();
  await pager.locator('.when-connected').waitFor();
  return pager;
}
