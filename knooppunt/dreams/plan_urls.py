"""The addresses of plans, in Dutch."""

from django.urls import path

from knooppunt.dreams.views import celebrating, plan_links, plan_people, plan_ties, plan_work, plans

PLAN = "plannen/<int:key>/"
urlpatterns = [
    path("plannen/", plans.plans, name="plans"),
    path("plannen/nieuw/", plans.start_plan, name="start_plan"),
    path("plannen/feesten/", celebrating.parties, name="parties"),
    path(PLAN + "vier/", celebrating.celebrate, name="celebrate"),
    path(PLAN + "foto/", celebrating.add_photo, name="add_photo"),
    path(PLAN + "foto/<int:photo>/weg/", celebrating.remove_photo, name="remove_photo"),
    path(PLAN + "foto/<int:photo>.jpg", celebrating.photo, name="plan_photo"),
    path(PLAN, plans.show_plan, name="plan"),
    path(PLAN + "wijzig/", plans.change_plan, name="change_plan"),
    path(PLAN + "staat/", plans.move_plan, name="move_plan"),
    path(PLAN + "stop/", plans.stop_plan, name="stop_plan"),
    path(PLAN + "organisatie/", plan_people.add_partner, name="add_partner"),
    path(PLAN + "organisatie/<int:partner>/", plan_people.act_on_partner, name="act_on_partner"),
    path(PLAN + "buur/", plan_people.add_person, name="add_person"),
    path(PLAN + "buur/<int:person>/weg/", plan_people.forget_person, name="forget_person"),
    path(PLAN + "stap/", plan_work.add_step, name="add_step"),
    path(PLAN + "stap/<int:step>/", plan_work.change_step, name="change_step"),
    path(PLAN + "stap/<int:step>/klaar/", plan_work.tick_step, name="tick_step"),
    path(PLAN + "stap/<int:step>/weg/", plan_work.remove_step, name="remove_step"),
    path(PLAN + "spullen/", plan_work.add_item, name="add_item"),
    path(PLAN + "spullen/<int:item>/", plan_work.pledge, name="pledge"),
    path(PLAN + "spullen/<int:item>/weg/", plan_work.remove_item, name="remove_item"),
    path(PLAN + "brengt/<int:pledge>/weg/", plan_work.take_back_pledge, name="take_back_pledge"),
    path(PLAN + "stap/<int:step>/link/", plan_links.give_step_link, name="give_step_link"),
    path(PLAN + "spullen/link/", plan_links.give_bring_link, name="give_bring_link"),
    path("plan-stap/<str:token>/", plan_links.step_by_link, name="step_by_link"),
    path("plan-brengt/<str:token>/", plan_links.bring_by_link, name="bring_by_link"),
    path("plan-brengt-niet/<str:token>/", plan_links.pledge_by_link, name="pledge_by_link"),
    path(PLAN + "geregeld/", plan_work.settle_permit, name="settle_permit"),
    path(PLAN + "nodig/", plan_ties.add_need, name="add_need"),
    path(PLAN + "dag/", plan_ties.add_date, name="add_date"),
    path(PLAN + "dag/<int:planned>/weg/", plan_ties.remove_date, name="remove_date"),
    path(PLAN + "dag/<int:planned>/ja/", plan_ties.agree_with_date, name="agree_with_date"),
    path(PLAN + "dag/<int:planned>/nee/", plan_ties.refuse_date, name="refuse_date"),
]
