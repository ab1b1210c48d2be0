// The quality page: measuring is started and followed; what was measured is then loaded.

import { announce, duration, request, say } from "./page.js";

const POLL_MILLISECONDS = 1000;
const place = (id) => document.getElementById(id);

function fail(error) {
  place("problem").textContent = error;
  place("measure").disabled = false;
  place("run").hidden = true;
}

/** Asks how far the run is until it ends; `isOwn` tells whether this page waits for its end. */
async function follow(isOwn) {
  let run;
  try {
    run = await request("GET", "/api/evaluation");
  } catch (error) {
    fail(error.message);
    return;
  }
  if (run.state === "failed" && isOwn) fail(run.error);
  if (run.state === "done" && isOwn) location.reload();
  if (run.state !== "running") return;
  if (place("run").hidden) announce(say("quality.running"));
  place("run").hidden = false;
  place("measure").disabled = true;
  if (run.total > 0) {
    place("progress").max = run.total;
    place("progress").value = run.done;
    place("done").textContent = say("quality.progress", { done: run.done, total: run.total });
    place("remaining").textContent = say("quality.remaining", {
      time: duration(run.remaining_seconds),
    });
  }
  setTimeout(() => follow(true), POLL_MILLISECONDS);
}

place("measure").addEventListener("click", async () => {
  place("problem").textContent = "";
  try {
    await request("POST", "/api/evaluation");
    await follow(true);
  } catch (error) {
    fail(error.message);
  }
});
follow(false);
