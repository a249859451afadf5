// Opens pages in Chromium and says what axe-core finds at WCAG 2.1 A and AA, and what arrow keys do to a choice.
// usage: node pages.mjs <chromium> <page.html>...
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const [program, ...pages] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
const seen = [];
try {
  for (const page of pages) {
    for (const [colorScheme, width] of [['light', 1280], ['dark', 1280], ['light', 380]]) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
      const tab = await context.newPage();
      const asked = [];
      tab.on('request', (request) => asked.push(request.url()));
      await tab.goto(pathToFileURL(page).href);
      const paper = await onPaper(tab, colorScheme);
      await tab.evaluate(() => document.querySelectorAll('details').forEach((item) => { item.open = true; }));
      await tab.evaluate(axe);
      const { violations, passes } = await tab.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }));
      seen.push({
        page,
        colorScheme,
        width,
        violations: violations.map((item) => `${item.id}: ${item.nodes.map((node) => node.target.join(' ')).join(', ')}`),
        passes: passes.length,
        requests: asked.length,
        scrolls: await tab.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth),
        paper,
        threshold: await explored(tab),
      });
      await context.close();
    }
  }
} finally {
  await browser.close();
}

process.stdout.write(JSON.stringify(seen));

// What a printer would get: no choices to click, nothing folded in that a table tells, dark ink whatever the screen has.
async function onPaper(tab, colorScheme) {
  await tab.emulateMedia({ media: 'print', colorScheme });
  const paper = await tab.evaluate(() => ({
    choices: [...document.querySelectorAll('.explorer label, .explorer legend')].filter((item) => item.checkVisibility()).length,
    panels: [...document.querySelectorAll('.explorer .panel')].filter((item) => item.checkVisibility()).length,
    folded: [...document.querySelectorAll('details > :not(summary)')].filter((item) => !item.closest('figure') && !item.checkVisibility()).length,
    ink: getComputedStyle(document.body).color,
  }));
  await tab.emulateMedia({ media: 'screen', colorScheme });
  return paper;
}

// What a choice says before and after an arrow key, by the keyboard alone.
async function explored(tab) {
  if (await tab.locator('.explorer').count() === 0) {
    return null;
  }

  const shown = () => tab.evaluate(() => {
    const panel = [...document.querySelectorAll('.explorer .panel')].filter((item) => getComputedStyle(item).display !== 'none');
    return panel.map((item) => item.innerText.split('\n')[0]);
  });
  const before = await shown();
  await tab.locator('.explorer input:checked').focus();
  await tab.keyboard.press('ArrowRight');
  const focus = await tab.evaluate(() => ({
    id: document.activeElement.id,
    label: document.activeElement.labels[0].innerText,
    described: document.getElementById(document.activeElement.getAttribute('aria-describedby')).innerText,
    outline: getComputedStyle(document.activeElement.labels[0]).outlineStyle,
  }));
  return { before, after: await shown(), ...focus };
}
