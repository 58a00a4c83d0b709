"""Work of the newspaper for the worker; each takes numbers only, so that no address lies in the queue.

What each does is imported when it runs: those modules hand over work to this one.
"""

from portal.tasks import task


@task()
def send_first_mail(consent_id: int, tries: int = 0) -> None:
    """Answer somebody who asked for the newspaper."""
    from newsletter.single_mails import answer_asking

    answer_asking(consent_id, tries=tries)


@task()
def send_test_mail(issue_id: int, user_id: int, tries: int = 0) -> None:
    """Send an editor the issue as readers would get it."""
    from newsletter.single_mails import send_test

    send_test(issue_id, user_id, tries=tries)


# Lower than the mails that somebody waits for; before a sending, whose readers will ask for the paper.
@task(priority=-5)
def set_newspaper(issue_id: int) -> None:
    """Set the printed editions of an issue, so that no reader waits for them."""
    from newsletter.printing.preparing import prepare

    prepare(issue_id)


# Lower than all other work: somebody's confirmation must not wait behind a thousand newspapers.
@task(priority=-10)
def deliver_campaign(campaign_id: int) -> None:
    """Carry a sending on from wherever its ledger says it stands."""
    from newsletter.sending.postman import carry_on

    carry_on(campaign_id)
