// Trailers of the demo are films that a browser plays, of one poster each.

import { deepEqual, equal, notEqual, ok, throws } from "node:assert/strict";
import { suite, test } from "node:test";
import { chromium } from "playwright-core";
import { drawPoster } from "../../demo/posters.ts";
import { plannedConcerts, plannedFilms, posterFacts, trailered } from "../../demo/shows.ts";
import { drawTrailer } from "../../demo/trailers.ts";
import { webm } from "../../demo/trailers/webm.ts";

const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"];
const shows = [...plannedFilms(1), ...plannedConcerts(1).map(({ show }) => show)];

suite("trailers", () => {
  test("are for the best known films and the best known concert", () => {
    const chosen = trailered(shows);
    deepEqual(
      shows.filter((show) => chosen.has(show.id)).map((show) => show.title),
      [
        ...plannedFilms(1)
          .slice(0, 3)
          .map((film) => film.title),
        plannedConcerts(1)[0]?.show.title,
      ],
    );
  });

  test("play for four seconds, go on from anywhere, begin in the dark and show the poster", async () => {
    const [facts] = posterFacts(shows);
    ok(facts);
    const film = await drawTrailer(drawPoster(facts, 1));
    ok(film.length < 1_000_000);
    const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
    const page = await browser.newPage();
    await page.setContent(`<video muted src="data:video/webm;base64,${film.toString("base64")}"></video>`);
    const seen = await page.evaluate(async () => {
      const video = document.querySelector("video") ?? document.createElement("video");
      const context = document.createElement("canvas").getContext("2d");
      const at = (time: number) =>
        new Promise<number>((resolve, reject) => {
          const seen = () => {
            context?.drawImage(video, 0, 0, 300, 150);
            let sum = 0;
            for (const value of context?.getImageData(0, 0, 300, 150).data ?? []) sum += value;
            resolve(sum);
          };
          video.addEventListener("error", () => reject(new Error(video.error?.message)));
          video.addEventListener("seeked", seen, { once: true });
          video.currentTime = time;
        });
      const light = [await at(0), await at(2), await at(1)];
      return { light, size: [video.videoWidth, video.videoHeight], seconds: video.duration };
    });
    await browser.close();
    deepEqual(seen.size, [512, 288]);
    equal(seen.seconds, 4);
    const [begin = 0, middle = 0, back = 0] = seen.light;
    ok(begin < middle);
    notEqual(middle, back);
  });

  test("take no pictures of another kind", () => {
    throws(
      () => webm({ width: 2, height: 2, framesPerSecond: 1, frames: [Buffer.from("RIFF....WEBPVP8L")] }),
      RangeError,
    );
  });
});
